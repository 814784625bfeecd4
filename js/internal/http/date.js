'use strict';
// The Date header's value, asked for once a second.

const { setTimeout } = require('timers');

let text;

function utcDate() {
  if (text === undefined) {
    text = ops.op_net_http_date();
    setTimeout(forget, 1000 - new Date().getMilliseconds()).unref();
  }
  return text;
}

function forget() {
  text = undefined;
}

module.exports = { utcDate };

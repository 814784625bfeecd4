'use strict';
// The colours of assertion messages: escape sequences where stderr shows them,
// empty strings elsewhere. The environment is looked at for each message, since
// a program may change it.

const { shouldColorize } = require('internal/util/colors');

const ON = {
  enabled: true,
  blue: '\x1b[34m',
  gray: '\x1b[90m',
  green: '\x1b[32m',
  red: '\x1b[31m',
  white: '\x1b[39m',
};

const OFF = { enabled: false, blue: '', gray: '', green: '', red: '', white: '' };

function errorColors() {
  return shouldColorize(process.stderr) ? ON : OFF;
}

module.exports = { errorColors };

'use strict';

// Work of Rust (ext_crypto/src/job.rs), done at once or on another thread.

const { nextTick } = require('process');
const { encode } = require('internal/crypto/bytes');

// The outcome comes to the callback as Node brings it. What the callback throws is nobody's rejected promise.
function start(job, callback, convert) {
  ops.op_crypto_job_start(job).then(
    (outcome) => nextTick(settle, callback, outcome, convert),
    (error) => nextTick(callback, error));
}

function settle(callback, outcome, convert) {
  if (convert === undefined) {
    callback(null, outcome);
    return;
  }
  convert(outcome, callback);
}

// How most outcomes reach a program.
function toBuffer(bytes, callback) {
  callback(null, encode(bytes));
}

function run(job) {
  return job.run();
}

module.exports = { run, start, toBuffer };

'use strict';
// What a shell makes of a process that a signal ended.

const { validateOneOf } = require('internal/validators');

// 128 and the signal's number.
function signalExitCode(signal) {
  // The numbers belong to os, a higher layer; what is loaded here is its pure data.
  const { signals } = require('internal/os/constants');
  validateOneOf(signal, 'signalCode', Object.keys(signals));
  return 128 + signals[signal];
}

module.exports = { signalExitCode };

'use strict';

// Unbuffered text on standard error, for what must come out although the
// process may be about to end or process.stderr cannot be had.

const { format } = require('internal/util/format');

function writeError(text) {
  // An error here means that standard error is closed: there is nowhere to say so.
  ops.op_os_stdio_write(2, text);
}

// process._rawDebug: strings as they are, everything else inspected.
function rawDebug(...args) {
  writeError(`${format(...args)}\n`);
}

module.exports = { rawDebug, writeError };

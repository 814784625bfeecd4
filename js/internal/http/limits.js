'use strict';
// Numbers with bounds: http.maxHeaderSize, which is what the command line says, or Node's default; header lines; durations for timers.

const { codes: { ERR_OUT_OF_RANGE } } = require('internal/errors');
const { validateNumber } = require('internal/validators');
const { getOption } = require('internal/options');

function maxHeaderSize() {
  const given = getOption('max-http-header-size');
  return given === undefined ? 16 * 1024 : Number(given);
}

// As many header lines as Node takes where nobody says otherwise.
const MAX_HEADERS = 1000;

const TIMER_MAX = 2 ** 31 - 1;

function timerDuration(msecs, name) {
  validateNumber(msecs, name);
  if (msecs < 0 || !Number.isFinite(msecs)) throw new ERR_OUT_OF_RANGE(name, 'a non-negative finite number', msecs);
  if (msecs <= TIMER_MAX) return msecs;
  process.emitWarning(`${msecs} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${TIMER_MAX}.`, 'TimeoutOverflowWarning');
  return TIMER_MAX;
}

module.exports = { MAX_HEADERS, maxHeaderSize, timerDuration };

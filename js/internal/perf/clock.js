'use strict';

// The clock of performance: milliseconds since the process started.

let origin;

function now() {
  return ops.op_os_perf_now();
}

// When the process started, in milliseconds since 1970.
function timeOrigin() {
  return origin ??= ops.op_os_perf_origin();
}

module.exports = { now, timeOrigin };

'use strict';
// console.time and its relatives: when a label's clock was started, and how a duration is written.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

function pad(value) {
  return `${value}`.padStart(2, '0');
}

function formatTime(ms) {
  if (ms < SECOND) return `${Number(ms.toFixed(3))}ms`;
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const seconds = ((ms % MINUTE) / SECOND).toFixed(3);
  const [whole, fraction] = seconds.split('.');
  if (hours !== 0) return `${hours}:${pad(minutes)}:${pad(whole)}.${fraction} (h:mm:ss.mmm)`;
  if (minutes !== 0) return `${minutes}:${pad(whole)}.${fraction} (m:ss.mmm)`;
  return `${seconds}s`;
}

function start(times, label) {
  if (times.has(label)) {
    process.emitWarning(`Label '${label}' already exists for console.time()`);
    return;
  }
  times.set(label, process.hrtime());
}

// The time since `label` was started, as text; undefined, with a warning, for a label that was not.
function elapsed(times, label, method) {
  const since = times.get(label);
  if (since === undefined) {
    process.emitWarning(`No such label '${label}' for console.${method}()`);
    return undefined;
  }
  const [seconds, nanoseconds] = process.hrtime(since);
  return formatTime(seconds * SECOND + nanoseconds / 1e6);
}

module.exports = { elapsed, formatTime, start };

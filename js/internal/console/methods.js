'use strict';
// The methods of consoles. They are bound to each console when it is made, so that `this` is always one.

const {
  formatFor, inspectOptionsFor, kGroupIndentation, kGroupIndentationWidth, write,
} = require('internal/console/output');
const { lastingChannel } = require('internal/diagnostics_channel/channel');
const { formatTable } = require('internal/console/table');
const { elapsed, start } = require('internal/console/timers');
const { inspect } = require('internal/util/inspect');
const { validateArray } = require('internal/validators');

// Kept apart from the other properties: labels are the user's, and counting is not to be seen.
const kCounts = Symbol('counts');

// Subscribers see the arguments before they become text, and may change what is in them.
const channels = {
  log: lastingChannel('console.log'),
  warn: lastingChannel('console.warn'),
  debug: lastingChannel('console.debug'),
  info: lastingChannel('console.info'),
  error: lastingChannel('console.error'),
};

function toStdout(console, args) {
  const stream = console._stdout;
  write(console, stream, formatFor(console, stream, args), console._stdoutErrorHandler);
}

function toStderr(console, args) {
  const stream = console._stderr;
  write(console, stream, formatFor(console, stream, args), console._stderrErrorHandler);
}

function writeElapsed(console, label, method, data) {
  const time = elapsed(console._times, label, method);
  if (time === undefined) return false;
  toStdout(console, ['%s: %s', label, time, ...data]);
  return true;
}

function inspectCell(console) {
  const options = inspectOptionsFor(console, console._stdout);
  return (value) => {
    const isLarge = value !== null && typeof value === 'object' && !Array.isArray(value) &&
      Object.keys(value).length > 2;
    return inspect(value, { depth: isLarge ? -1 : 0, maxArrayLength: 3, breakLength: Infinity, ...options });
  };
}

const methods = {
  log(...args) {
    if (channels.log.hasSubscribers) channels.log.publish(args);
    toStdout(this, args);
  },

  warn(...args) {
    if (channels.warn.hasSubscribers) channels.warn.publish(args);
    toStderr(this, args);
  },

  dir(object, options) {
    const stream = this._stdout;
    const text = inspect(object, { customInspect: false, ...inspectOptionsFor(this, stream), ...options });
    write(this, stream, text, this._stdoutErrorHandler);
  },

  time(label = 'default') {
    start(this._times, `${label}`);
  },

  timeEnd(label = 'default') {
    label = `${label}`;
    if (writeElapsed(this, label, 'timeEnd', [])) this._times.delete(label);
  },

  timeLog(label = 'default', ...data) {
    writeElapsed(this, `${label}`, 'timeLog', data);
  },

  trace(...args) {
    const trace = { name: 'Trace', message: formatFor(this, this._stderr, args) };
    Error.captureStackTrace(trace, methods.trace);
    this.error(trace.stack);
  },

  // Unlike node:assert's this never throws.
  assert(expression, ...args) {
    if (expression) return;
    args[0] = `Assertion failed${args.length === 0 ? '' : `: ${args[0]}`}`;
    this.warn(...args);
  },

  clear() {
    const stream = this._stdout;
    if (stream.isTTY && process.env.TERM !== 'dumb') stream.write('\u001b[1;1H\u001b[0J');
  },

  count(label = 'default') {
    label = `${label}`;
    const count = (this[kCounts].get(label) ?? 0) + 1;
    this[kCounts].set(label, count);
    this.log(`${label}: ${count}`);
  },

  countReset(label = 'default') {
    label = `${label}`;
    if (!this[kCounts].delete(label)) process.emitWarning(`Count for '${label}' does not exist`);
  },

  group(...data) {
    if (data.length > 0) this.log(...data);
    this[kGroupIndentation] += ' '.repeat(this[kGroupIndentationWidth]);
  },

  groupEnd() {
    const indentation = this[kGroupIndentation];
    this[kGroupIndentation] = indentation.slice(0, Math.max(0, indentation.length - this[kGroupIndentationWidth]));
  },

  table(tabularData, properties) {
    if (properties !== undefined) validateArray(properties, 'properties');
    if (tabularData === null || typeof tabularData !== 'object') this.log(tabularData);
    else this.log(formatTable(tabularData, properties, inspectCell(this)));
  },

  debug(...args) {
    if (channels.debug.hasSubscribers) channels.debug.publish(args);
    toStdout(this, args);
  },

  info(...args) {
    if (channels.info.hasSubscribers) channels.info.publish(args);
    toStdout(this, args);
  },

  dirxml(...args) {
    toStdout(this, args);
  },

  error(...args) {
    if (channels.error.hasSubscribers) channels.error.publish(args);
    toStderr(this, args);
  },

  groupCollapsed(...data) {
    this.group(...data);
  },
};

module.exports = { kCounts, methods };

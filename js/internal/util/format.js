'use strict';
// printf-like formatting, as util.format and console have it.

const { hasBuiltInToString } = require('internal/util/inspect/names');
const { stylizeNoColor } = require('internal/util/inspect/options');
const { formatBigInt, formatNumber } = require('internal/util/inspect/primitives');
const { inspect, inspectDefaultOptions } = require('internal/util/inspect');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');

const PERCENT = 37;

let circularMessage;

// JSON, but for circular structures, which are no reason to throw. V8's message is learned from one, it differs by version.
function stringify(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (circularMessage === undefined) {
      try {
        const circle = {};
        circle.circle = circle;
        JSON.stringify(circle);
      } catch (sample) {
        circularMessage = sample.message.split('\n', 1)[0];
      }
    }
    if (error.name === 'TypeError' && String(error.message).split('\n', 1)[0] === circularMessage) return '[Circular]';
    throw error;
  }
}

function separatorOf(options) {
  return options?.numericSeparator ?? inspectDefaultOptions.numericSeparator;
}

function formatAsString(value, options) {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return formatNumber(stylizeNoColor, value, separatorOf(options));
  if (typeof value === 'bigint') return formatBigInt(stylizeNoColor, value, separatorOf(options));
  if (typeof value !== 'object' || value === null || !hasBuiltInToString(value)) return String(value);
  return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
}

function formatAsNumber(value, options, convert) {
  if (typeof value === 'bigint') return formatBigInt(stylizeNoColor, value, separatorOf(options));
  return formatNumber(stylizeNoColor, typeof value === 'symbol' ? NaN : convert(value), separatorOf(options));
}

// The text for one directive.
function formatDirective(directive, value, options) {
  switch (directive) {
    case 115: // s
      return formatAsString(value, options);
    case 106: // j
      return stringify(value);
    case 100: // d
      return formatAsNumber(value, options, Number);
    case 79: // O
      return inspect(value, options);
    case 111: // o
      return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case 105: // i
      return formatAsNumber(value, options, Number.parseInt);
    case 102: // f
      return formatNumber(stylizeNoColor, typeof value === 'symbol' ? NaN : Number.parseFloat(value),
        separatorOf(options));
    default: // c: styles for browsers, of no use here
      return '';
  }
}

function isDirective(code) {
  return code === 115 || code === 106 || code === 100 || code === 79 || code === 111 || code === 105 ||
    code === 102 || code === 99;
}

// `args` as util.format takes them.
function formatArguments(options, args) {
  const first = args[0];
  let next = 0;
  let text = '';
  let separator = '';
  if (typeof first === 'string') {
    if (args.length === 1) return first;
    let done = 0;
    for (let at = 0; at < first.length - 1; at++) {
      if (first.charCodeAt(at) !== PERCENT) continue;
      const code = first.charCodeAt(at + 1);
      if (code === PERCENT) {
        text += first.slice(done, at + 1);
      } else if (next + 1 < args.length && isDirective(code)) {
        if (done !== at) text += first.slice(done, at);
        text += formatDirective(code, args[++next], options);
      } else {
        continue;
      }
      done = at + 2;
      at++;
    }
    if (done !== 0) text += first.slice(done);
    else text = first;
    next++;
    separator = ' ';
  }
  for (; next < args.length; next++) {
    const value = args[next];
    text += separator + (typeof value === 'string' ? value : inspect(value, options));
    separator = ' ';
  }
  return text;
}

function format(...args) {
  return formatArguments(undefined, args);
}

function formatWithOptions(inspectOptions, ...args) {
  if (inspectOptions === null || typeof inspectOptions !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('inspectOptions', 'object', inspectOptions);
  }
  return formatArguments(inspectOptions, args);
}

module.exports = { format, formatArguments, formatWithOptions };

'use strict';

// The text that an uncaught exception leaves on standard error: where it was
// thrown, the source line with a caret under it, and the value.

const { inspect } = require('internal/util/inspect');
const { kEnhanceStack } = require('internal/events/symbols');
const { version } = require('internal/process/versions');
const { hasOption } = require('internal/options');
const sourceMaps = require('internal/source_map/support');

function isError(value) {
  return core.isNativeError(value) || value instanceof Error;
}

// `file:line`, the line and the caret; '' when the place is not known.
function describePlace(value, fromPromise) {
  let place = ops.op_runtime_error_source(value);
  if (place === null) return '';
  if (sourceMaps.isEnabled()) place = sourceMaps.mapPlace(place);
  const [resource, line, sourceLine] = place;
  let [, , , start, end] = place;
  // A built-in's own source is no help to anybody.
  if (resource === '' || resource.startsWith('node:') || resource.startsWith('ext:')) return '';

  // V8 knows where an error was made. Where that is the operand of a `throw`, the statement is what is meant.
  const thrower = fromPromise ? null : /\bthrow\s+$/.exec(sourceLine.slice(0, start));
  if (thrower !== null) {
    start = thrower.index;
    end = start + 1;
  }
  const indent = sourceLine.slice(0, start).replace(/[^\t]/g, ' ');
  const carets = '^'.repeat(Math.max(1, end - start));
  return `${resource}:${line}\n${sourceLine}\n${indent}${carets}\n`;
}

function textOf(value) {
  if (isError(value)) {
    const enhance = value[kEnhanceStack];
    if (typeof enhance === 'function') {
      try {
        value.stack = enhance();
      } catch {
        // The plain stack does as well.
      }
    }
  }
  if (typeof value === 'object' && value !== null || typeof value === 'function') {
    try {
      return inspect(value, { colors: false });
    } catch {
      try {
        return String(value.stack ?? value);
      } catch {
        return isError(value) ? Error.prototype.toString.call(value) : '[object]';
      }
    }
  }
  return typeof value === 'symbol' ? '' : String(value);
}

function formatFatal(value, fromPromise = false) {
  let place = '';
  try {
    // An error of vm has its place in its stack.
    if (!ops.op_os_vm_is_decorated(value)) place = describePlace(value, fromPromise);
  } catch {
    // A value with hostile traps: it is shown without its place.
  }
  const text = textOf(value);
  const footer = `\nNode.js ${version}\n`;
  if (isError(value)) {
    // A module graph that does not fit together has no stack: its place belongs to the text.
    const gap = /^SyntaxError: (?:The requested module|Named export) '/.test(text) ? '' : '\n';
    return `${place === '' ? '' : `${place}${gap}`}${text}\n${footer}`;
  }
  const primitive = typeof value !== 'object' && typeof value !== 'function' || value === null;
  const hint = primitive && !hasOption('trace-uncaught') ?
    '(Use `node --trace-uncaught ...` to show where the exception was thrown)\n' : '';
  return `${place === '' ? 'Uncaught:\n' : `\n${place}`}${text}\n${hint}${footer}`;
}

module.exports = { formatFatal };

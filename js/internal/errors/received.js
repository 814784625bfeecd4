'use strict';
// How error messages describe a value that was received, and how they write a list. Nothing here makes errors.

let inspect;

// util.inspect validates its options with these very errors, so it can only be asked for once both are loaded.
function inspectValue(value, options) {
  inspect ??= require('internal/util/inspect').inspect;
  return inspect(value, options);
}

// Whether `object` leaves it to the language how it reads as text.
function hasBuiltInToString(object) {
  return require('internal/util/inspect/names').hasBuiltInToString(object);
}

function describeReceived(value) {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'undefined':
      return 'undefined';
    case 'function':
      return value.name ? `function ${value.name}` : 'function ';
    case 'object':
      if (value.constructor?.name) return `an instance of ${value.constructor.name}`;
      return inspectValue(value, { depth: -1 });
    case 'string': {
      const shown = value.length > 28 ? `${value.slice(0, 25)}...` : value;
      return shown.includes("'") ? `type string (${JSON.stringify(shown)})` : `type string ('${shown}')`;
    }
    case 'number':
      return Object.is(value, -0) ? 'type number (-0)' : `type number (${value})`;
    case 'bigint':
      return `type bigint (${value}n)`;
    default:
      return `type ${typeof value} (${String(value)})`;
  }
}

function formatList(items, conjunction = 'and') {
  switch (items.length) {
    case 0: return '';
    case 1: return `${items[0]}`;
    case 2: return `${items[0]} ${conjunction} ${items[1]}`;
    default: return `${items.slice(0, -1).join(', ')}, ${conjunction} ${items[items.length - 1]}`;
  }
}

function groupDigits(text) {
  let out = '';
  let end = text.length;
  const start = text[0] === '-' ? 1 : 0;
  for (; end >= start + 4; end -= 3) out = `_${text.slice(end - 3, end)}${out}`;
  return text.slice(0, end) + out;
}

module.exports = { describeReceived, formatList, groupDigits, hasBuiltInToString, inspectValue };

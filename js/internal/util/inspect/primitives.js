'use strict';
// How inspect writes primitive values. `stylize` is the context's (text, style) => text.

const { groupDigits } = require('internal/errors/received');
const { quote } = require('internal/util/inspect/strings');

// A string is only worth breaking into lines when it is longer than this.
const MIN_LINE_WIDTH = 16;

function groupFraction(digits) {
  let out = '';
  let i = 0;
  for (; i < digits.length - 3; i += 3) out += `${digits.slice(i, i + 3)}_`;
  return out + digits.slice(i);
}

function formatNumber(stylize, number, numericSeparator) {
  const text = number === 0 && 1 / number < 0 ? '-0' : `${number}`;
  if (!numericSeparator || !Number.isFinite(number) || text.includes('e')) return stylize(text, 'number');
  const point = text.indexOf('.');
  if (point === -1) return stylize(groupDigits(text), 'number');
  return stylize(`${groupDigits(text.slice(0, point))}.${groupFraction(text.slice(point + 1))}`, 'number');
}

function formatBigInt(stylize, number, numericSeparator) {
  const text = String(number);
  return stylize(`${numericSeparator ? groupDigits(text) : text}n`, 'bigint');
}

function formatString(stylize, text, ctx) {
  let trailer = '';
  if (text.length > ctx.maxStringLength) {
    const remaining = text.length - ctx.maxStringLength;
    text = text.slice(0, ctx.maxStringLength);
    trailer = `... ${remaining} more character${remaining > 1 ? 's' : ''}`;
  }
  if (ctx.compact !== true && text.length > MIN_LINE_WIDTH &&
      text.length > ctx.breakLength - ctx.indentationLvl - 4) {
    const newline = text.indexOf('\n');
    if (newline !== -1 && newline !== text.length - 1) {
      return text.split(/(?<=\n)/)
        .map((line) => stylize(quote(line), 'string'))
        .join(` +\n${' '.repeat(ctx.indentationLvl + 2)}`) + trailer;
    }
  }
  return stylize(quote(text), 'string') + trailer;
}

function formatPrimitive(stylize, value, ctx) {
  switch (typeof value) {
    case 'string': return formatString(stylize, value, ctx);
    case 'number': return formatNumber(stylize, value, ctx.numericSeparator);
    case 'bigint': return formatBigInt(stylize, value, ctx.numericSeparator);
    case 'boolean': return stylize(`${value}`, 'boolean');
    case 'undefined': return stylize('undefined', 'undefined');
    case 'symbol': return stylize(Symbol.prototype.toString.call(value), 'symbol');
    default: return stylize('null', 'null');
  }
}

module.exports = { formatBigInt, formatNumber, formatPrimitive };

'use strict';
// Puts formatted entries together: on one line where they fit, else on several, long arrays in aligned columns.
// Works on text only.

const { stringWidth, stripControlSequences } = require('internal/util/inspect/strings');

// How the entries belong together: an array's own items can be put into columns.
const kObjectEntries = 0;
const kArrayEntry = 1;
const kArrayEntries = 2;

const COLUMN_GAP = 2;
const MIN_ENTRIES_FOR_COLUMNS = 6;
const MAX_COLUMNS = 15;
// A character is about two and a half times as high as it is wide: this is what makes the table look square.
const CHARACTER_HEIGHT = 2.5;

function toColumns(ctx, output, value) {
  // The last entry may say how many were left out: that is not part of the table.
  const count = ctx.maxArrayLength < output.length ? output.length - 1 : output.length;
  const widths = new Array(count);
  let total = 0;
  let widest = 0;
  for (let i = 0; i < count; i++) {
    const width = stringWidth(output[i], ctx.colors);
    widths[i] = width;
    total += width + COLUMN_GAP;
    if (width > widest) widest = width;
  }
  const cell = widest + COLUMN_GAP;
  // At least three columns have to fit, and one very long entry among short ones would leave mostly blanks.
  if (cell * 3 + ctx.indentationLvl >= ctx.breakLength || (total / cell <= 5 && widest > 6)) return output;

  const spread = Math.sqrt(cell - total / output.length);
  const biased = Math.max(cell - 3 - spread, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(CHARACTER_HEIGHT * biased * count) / biased),
    Math.floor((ctx.breakLength - ctx.indentationLvl) / cell),
    ctx.compact * 4,
    MAX_COLUMNS,
  );
  if (columns <= 1) return output;

  const columnWidths = [];
  for (let column = 0; column < columns; column++) {
    let width = 0;
    for (let i = column; i < count; i += columns) if (widths[i] > width) width = widths[i];
    columnWidths.push(width + COLUMN_GAP);
  }
  const alignRight = value !== undefined && isAllNumbers(value, output.length);
  const lines = [];
  for (let start = 0; start < count; start += columns) {
    const last = Math.min(start + columns, count) - 1;
    let line = '';
    for (let i = start; i < last; i++) {
      const cellWidth = columnWidths[i - start] + output[i].length - widths[i];
      const text = `${output[i]}, `;
      line += alignRight ? text.padStart(cellWidth) : text.padEnd(cellWidth);
    }
    line += alignRight ?
      output[last].padStart(columnWidths[last - start] + output[last].length - widths[last] - COLUMN_GAP) :
      output[last];
    lines.push(line);
  }
  if (count < output.length) lines.push(output[count]);
  return lines;
}

function isAllNumbers(value, length) {
  for (let i = 0; i < length; i++) {
    const type = typeof value[i];
    if (type !== 'number' && type !== 'bigint') return false;
  }
  return true;
}

function fitsOneLine(ctx, output, start, base) {
  let length = output.length + start;
  if (length + output.length > ctx.breakLength) return false;
  for (let i = 0; i < output.length; i++) {
    length += ctx.colors ? stripControlSequences(output[i]).length : output[i].length;
    if (length > ctx.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

// Concatenation keeps the parts as they are where Array.prototype.join copies them: with nested values that is once for each level.
function join(parts, separator) {
  let text = parts.length === 0 ? '' : parts[0];
  for (let i = 1; i < parts.length; i++) text += separator + parts[i];
  return text;
}

// `base` is what stands before the braces, `recurseTimes` the depth of this value, `value` the array whose entries these are.
function layOut(ctx, output, base, braces, entriesType, recurseTimes, value) {
  const prefix = base === '' ? '' : `${base} `;
  if (ctx.compact !== true) {
    if (typeof ctx.compact === 'number' && ctx.compact >= 1) {
      const entries = output.length;
      if (entriesType === kArrayEntries && entries > MIN_ENTRIES_FOR_COLUMNS) output = toColumns(ctx, output, value);
      // Only the innermost `compact` levels may share a line, and what was put into columns stays in lines.
      if (ctx.currentDepth - recurseTimes < ctx.compact && entries === output.length) {
        const start = output.length + ctx.indentationLvl + braces[0].length + base.length + 10;
        if (fitsOneLine(ctx, output, start, base)) {
          const joined = join(output, ', ');
          if (!joined.includes('\n')) return `${prefix}${braces[0]} ${joined} ${braces[1]}`;
        }
      }
    }
    const indentation = `\n${' '.repeat(ctx.indentationLvl)}`;
    return `${prefix}${braces[0]}${indentation}  ${join(output, `,${indentation}  `)}${indentation}${braces[1]}`;
  }
  if (fitsOneLine(ctx, output, 0, base)) {
    return `${braces[0]}${base === '' ? '' : ` ${base}`} ${join(output, ', ')} ${braces[1]}`;
  }
  const indentation = `\n${' '.repeat(ctx.indentationLvl)}`;
  const first = base === '' && braces[0].length === 1 ? ' ' : `${base === '' ? '' : ` ${base}`}${indentation}  `;
  return `${braces[0]}${first}${join(output, `,${indentation}  `)} ${braces[1]}`;
}

module.exports = { kArrayEntries, kArrayEntry, kObjectEntries, layOut };

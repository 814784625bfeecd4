'use strict';
// console.table: the columns of tabular data, and drawing them.

const { stringWidth } = require('internal/util/inspect/strings');
const { kMap, kMapIterator, kSet, kSetIterator, kindOf } = require('internal/util/kinds');

const INDEX = '(index)';
const ITERATION_INDEX = '(iteration index)';
const KEY = 'Key';
const VALUES = 'Values';

function indices(length) {
  return Array.from({ length }, (_, i) => `${i}`);
}

function drawRow(cells, widths) {
  const padded = cells.map((cell, i) => ` ${cell}${' '.repeat(widths[i] - stringWidth(cell) - 1)}`);
  return `\u2502${padded.join('\u2502')}\u2502`;
}

// `columns` may be of different lengths and have holes: those cells are empty.
function draw(head, columns) {
  const height = Math.max(...columns.map((column) => column.length));
  const rows = Array.from({ length: height }, (_, i) => columns.map((column) => column[i] ?? ''));
  const widths = head.map((title, i) => (
    Math.max(stringWidth(title), ...rows.map((row) => stringWidth(row[i]))) + 2));
  const lines = widths.map((width) => '\u2500'.repeat(width));
  return [
    `\u250c${lines.join('\u252c')}\u2510`,
    drawRow(head, widths),
    `\u251c${lines.join('\u253c')}\u2524`,
    ...rows.map((row) => drawRow(row, widths)),
    `\u2514${lines.join('\u2534')}\u2518`,
  ].join('\n');
}

function drawPairs(flat, inspectCell) {
  const keys = [];
  const values = [];
  for (let i = 0; i < flat.length; i += 2) {
    keys.push(inspectCell(flat[i]));
    values.push(inspectCell(flat[i + 1]));
  }
  return draw([ITERATION_INDEX, KEY, VALUES], [indices(keys.length), keys, values]);
}

function drawItems(items, inspectCell) {
  return draw([ITERATION_INDEX, VALUES], [indices(items.length), items.map(inspectCell)]);
}

function drawObjects(data, properties, inspectCell) {
  const rowNames = Object.keys(data);
  const columns = new Map();
  const values = [];
  rowNames.forEach((name, row) => {
    const item = data[name];
    const isPrimitive = item === null || (typeof item !== 'function' && typeof item !== 'object');
    if (isPrimitive && properties === undefined) {
      values[row] = inspectCell(item);
      return;
    }
    for (const key of properties ?? Object.keys(item)) {
      if (!columns.has(key)) columns.set(key, []);
      columns.get(key)[row] = isPrimitive || !Object.hasOwn(item, key) ? '' : inspectCell(item[key]);
    }
  });
  const head = [INDEX, ...columns.keys()];
  const all = [rowNames, ...columns.values()];
  if (values.length > 0) {
    head.push(VALUES);
    all.push(values);
  }
  return draw(head, all);
}

// `inspectCell(value)` is the text for one cell.
function formatTable(data, properties, inspectCell) {
  switch (kindOf(data)) {
    case kMap:
      return drawPairs([...data].flat(1), inspectCell);
    case kSet:
      return drawItems([...data], inspectCell);
    case kMapIterator:
    case kSetIterator: {
      const [entries, arePairs] = ops.op_core_value_entries(data);
      return arePairs ? drawPairs(entries, inspectCell) : drawItems(entries, inspectCell);
    }
    default:
      return drawObjects(data, properties, inspectCell);
  }
}

module.exports = { formatTable };

'use strict';

// What the completer's answer does to the line and the screen.

const { getStringWidth } = require('internal/util/inspect');
const { commonPrefix } = require('internal/readline/text');

// The candidates in columns; '' among them begins a new group.
function formatColumns(candidates, columns) {
  const widths = candidates.map((candidate) => getStringWidth(candidate));
  const width = Math.max(...widths) + 2;
  let perLine = Math.floor(columns / width) || 1;
  if (perLine === Infinity) perLine = 1;
  let output = '\r\n';
  let inLine = 0;
  let gap = 0;
  candidates.forEach((candidate, at) => {
    if (candidate === '' || inLine === perLine) {
      output += '\r\n';
      inLine = 0;
      gap = 0;
    } else {
      output += ' '.repeat(gap);
    }
    if (candidate === '') {
      output += '\r\n';
    } else {
      output += candidate;
      gap = width - widths[at];
      inLine++;
    }
  });
  return inLine === 0 ? output : `${output}\r\n\r\n`;
}

// `completed` is the part of the line that the candidates would replace.
function applyCompletions(iface, [candidates, completed], isSecondTab) {
  if (!candidates || candidates.length === 0) return;
  const prefix = commonPrefix(candidates.filter((candidate) => candidate !== ''));
  if (prefix.startsWith(completed) && prefix.length > completed.length) {
    iface._insertString(prefix.slice(completed.length));
    return;
  }
  const { cursor, line } = iface;
  if (!completed.startsWith(prefix)) {
    const start = cursor - completed.length;
    iface.line = line.slice(0, start) + prefix + line.slice(cursor);
    iface.cursor = start + prefix.length;
    iface._refreshLine();
    return;
  }
  if (!isSecondTab) return;
  iface._writeToOutput(formatColumns(candidates, iface.columns));
  iface._refreshLine();
}

module.exports = { applyCompletions };

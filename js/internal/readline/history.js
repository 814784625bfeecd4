'use strict';

// The lines that have been entered, and moving among them: with the beginning of
// a line typed, only among those that begin so.

const { validateArray, validateNumber } = require('internal/validators');

const DEFAULT_SIZE = 30;

// Sets an interface's history up from its options.
function initHistory(iface, { history, historySize, removeHistoryDuplicates = false }) {
  if (history === undefined) history = [];
  else validateArray(history, 'history');
  if (historySize === undefined) historySize = DEFAULT_SIZE;
  validateNumber(historySize, 'size', 0);
  iface.history = history;
  iface.historySize = historySize;
  iface.removeHistoryDuplicates = Boolean(removeHistoryDuplicates);
}

// Keeps the line that is being entered, and returns it.
function addHistory(iface) {
  const { history, line } = iface;
  if (line.length === 0) return '';
  if (history === undefined || iface.historySize === 0 || line.trim().length === 0) return line;
  if (history.length === 0 || history[0] !== line) {
    if (iface.removeHistoryDuplicates) {
      const at = history.indexOf(line);
      if (at !== -1) history.splice(at, 1);
    }
    history.unshift(line);
    if (history.length > iface.historySize) history.pop();
  }
  iface.historyIndex = -1;
  // Listeners may change the history, but not this line.
  iface.emit('history', history);
  return line;
}

// The index of the next line in `direction` that begins with `search` and is not the current one.
function find(iface, direction, search) {
  const { history, line } = iface;
  let index = iface.historyIndex + direction;
  while (index >= 0 && index < history.length && (!history[index].startsWith(search) || line === history[index])) {
    index += direction;
  }
  return index;
}

// The line to show after moving to older ones (1) or newer ones (-1); undefined where there are none.
function moveInHistory(iface, direction, search) {
  const { history } = iface;
  if (direction > 0 ? iface.historyIndex >= history.length || history.length === 0 : iface.historyIndex < 0) {
    return undefined;
  }
  const index = find(iface, direction, search);
  iface.historyIndex = index;
  return history[index] ?? search;
}

module.exports = { addHistory, initHistory, moveInHistory };

'use strict';

// Changing the line at the cursor: deleting, what was deleted coming back
// (yank), undo and redo. Each function takes the interface first.

const { charLengthAt, charLengthLeft, wordEnd, wordStart } = require('internal/readline/text');

const MAX_UNDO = 2048;
const MAX_KILLED = 32;

// What an interface needs to keep for this.
class EditState {
  undo = [];
  redo = [];
  // Deleted texts, the last one first, and which of them was put back last.
  killed = [];
  killedAt = 0;
  yanking = false;
}

function rememberForUndo(iface, state) {
  state.undo.push({ text: iface.line, cursor: iface.cursor });
  if (state.undo.length > MAX_UNDO) state.undo.shift();
}

function swap(iface, from, to) {
  const entry = from.pop();
  if (entry === undefined) return;
  to.push({ text: iface.line, cursor: iface.cursor });
  iface.line = entry.text;
  iface.cursor = entry.cursor;
  iface._refreshLine();
}

function undo(iface, state) {
  swap(iface, state.undo, state.redo);
}

function redo(iface, state) {
  swap(iface, state.redo, state.undo);
}

// Deletes from `start` to `end` and leaves the cursor at `start`. Returns what was there.
function remove(iface, state, start, end) {
  const { line } = iface;
  if (start === end) return '';
  rememberForUndo(iface, state);
  iface.line = line.slice(0, start) + line.slice(end);
  iface.cursor = start;
  iface._refreshLine();
  return line.slice(start, end);
}

function deleteLeft(iface, state) {
  remove(iface, state, iface.cursor - charLengthLeft(iface.line, iface.cursor), iface.cursor);
}

function deleteRight(iface, state) {
  if (iface.cursor >= iface.line.length) return;
  remove(iface, state, iface.cursor, iface.cursor + charLengthAt(iface.line, iface.cursor));
}

function deleteWordLeft(iface, state) {
  remove(iface, state, wordStart(iface.line, iface.cursor), iface.cursor);
}

function deleteWordRight(iface, state) {
  remove(iface, state, iface.cursor, wordEnd(iface.line, iface.cursor));
}

function kill(state, text) {
  if (text === '' || text === state.killed[0]) return;
  state.killed.unshift(text);
  state.killedAt = 0;
  if (state.killed.length > MAX_KILLED) state.killed.pop();
}

function deleteLineLeft(iface, state) {
  kill(state, remove(iface, state, 0, iface.cursor));
}

function deleteLineRight(iface, state) {
  kill(state, remove(iface, state, iface.cursor, iface.line.length));
}

function yank(iface, state) {
  if (state.killed.length === 0) return;
  state.yanking = true;
  iface._insertString(state.killed[state.killedAt]);
}

// Right after a yank: what was deleted before that, instead.
function yankPop(iface, state) {
  if (!state.yanking || state.killed.length < 2) return;
  const last = state.killed[state.killedAt];
  state.killedAt = (state.killedAt + 1) % state.killed.length;
  const head = iface.line.slice(0, iface.cursor - last.length) + state.killed[state.killedAt];
  iface.line = head + iface.line.slice(iface.cursor);
  iface.cursor = head.length;
  iface._refreshLine();
}

module.exports = {
  EditState, deleteLeft, deleteLineLeft, deleteLineRight, deleteRight, deleteWordLeft, deleteWordRight, redo,
  rememberForUndo, undo, yank, yankPop,
};

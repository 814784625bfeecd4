'use strict';

// What each key does to an interface on a terminal.

const { clearScreenDown, cursorTo } = require('internal/tty/cursor');
const { lineEnding } = require('internal/readline/line_splitter');
const { charLengthAt, charLengthLeft } = require('internal/readline/text');

// Ctrl-Z: the shell gets its terminal back until it lets us go on.
function suspend(iface) {
  if (iface.listenerCount('SIGTSTP') > 0) {
    iface.emit('SIGTSTP');
    return;
  }
  process.once('SIGCONT', () => {
    // Whoever paused it wants it so.
    if (!iface.paused) {
      iface.pause();
      iface.emit('SIGCONT');
    }
    iface._setRawMode(true);
    iface._refreshLine();
  });
  iface._setRawMode(false);
  process.kill(process.pid, 'SIGTSTP');
}

function interrupt(iface) {
  if (iface.listenerCount('SIGINT') > 0) iface.emit('SIGINT');
  else iface.close();
}

const withCtrlShift = {
  __proto__: null,
  backspace: (iface) => iface._deleteLineLeft(),
  delete: (iface) => iface._deleteLineRight(),
};

const withCtrl = {
  __proto__: null,
  a: (iface) => iface._moveCursor(-Infinity),
  b: (iface) => iface._moveCursor(-charLengthLeft(iface.line, iface.cursor)),
  backspace: (iface) => iface._deleteWordLeft(),
  c: interrupt,
  d(iface) {
    if (iface.cursor === 0 && iface.line.length === 0) iface.close();
    else if (iface.cursor < iface.line.length) iface._deleteRight();
  },
  delete: (iface) => iface._deleteWordRight(),
  e: (iface) => iface._moveCursor(Infinity),
  f: (iface) => iface._moveCursor(charLengthAt(iface.line, iface.cursor)),
  h: (iface) => iface._deleteLeft(),
  k: (iface) => iface._deleteLineRight(),
  l(iface) {
    cursorTo(iface.output, 0, 0);
    clearScreenDown(iface.output);
    iface._refreshLine();
  },
  left: (iface) => iface._wordLeft(),
  n: (iface) => iface._historyNext(),
  p: (iface) => iface._historyPrev(),
  right: (iface) => iface._wordRight(),
  u: (iface) => iface._deleteLineLeft(),
  w: (iface) => iface._deleteWordLeft(),
  y: (iface) => iface._yank(),
  z: suspend,
};

const withMeta = {
  __proto__: null,
  b: (iface) => iface._wordLeft(),
  backspace: (iface) => iface._deleteWordLeft(),
  d: (iface) => iface._deleteWordRight(),
  delete: (iface) => iface._deleteWordRight(),
  f: (iface) => iface._wordRight(),
  y: (iface) => iface._yankPop(),
};

const alone = {
  __proto__: null,
  backspace: (iface) => iface._deleteLeft(),
  delete: (iface) => iface._deleteRight(),
  down: (iface) => iface._historyNext(),
  end: (iface) => iface._moveCursor(Infinity),
  home: (iface) => iface._moveCursor(-Infinity),
  left: (iface) => iface._moveCursor(-charLengthLeft(iface.line, iface.cursor)),
  right: (iface) => iface._moveCursor(charLengthAt(iface.line, iface.cursor)),
  up: (iface) => iface._historyPrev(),
};

const UNDO = '\x1f';
const REDO = '\x1e';

// A carriage return ends a line, and so does a line feed that is not right behind one.
function pressEnter(iface, state, name) {
  if (name === 'return') {
    state.returnAt = Date.now();
    iface._line();
    return;
  }
  if (state.returnAt === 0 || Date.now() - state.returnAt > iface.crlfDelay) iface._line();
  state.returnAt = 0;
}

// Text as it was typed or pasted, perhaps of several lines.
function insertText(iface, text) {
  const lines = text.split(lineEnding);
  const last = lines.pop();
  for (const line of lines) {
    iface._insertString(line);
    iface._line();
  }
  iface._insertString(last);
}

function isHistoryKey({ name, ctrl, meta, shift }) {
  return (name === 'up' || name === 'down') && !ctrl && !meta && !shift;
}

// `state`: { returnAt, previousKey, search, edit }
function ttyWrite(iface, state, text, key) {
  const { previousKey } = state;
  key ??= {};
  state.previousKey = key;
  if (!key.meta || key.name !== 'y') state.edit.yanking = false;

  // With arrows, what stands left of the cursor is what lines have to begin with.
  if (isHistoryKey(key)) {
    state.search ??= iface.line.slice(0, iface.cursor);
  } else if (state.search !== null) {
    state.search = null;
    if (iface.historyIndex === iface.history.length) iface.historyIndex = -1;
  }

  if (typeof key.sequence === 'string' && key.sequence !== '') {
    if (key.sequence[0] === UNDO) {
      iface._undo();
      return;
    }
    if (key.sequence[0] === REDO) {
      iface._redo();
      return;
    }
  }
  if (key.name === 'escape') return;

  if (key.ctrl && key.shift) {
    withCtrlShift[key.name]?.(iface);
  } else if (key.ctrl) {
    withCtrl[key.name]?.(iface);
  } else if (key.meta) {
    withMeta[key.name]?.(iface);
  } else {
    if (state.returnAt !== 0 && key.name !== 'enter') state.returnAt = 0;
    if (key.name === 'return' || key.name === 'enter') {
      pressEnter(iface, state, key.name);
    } else if (alone[key.name] !== undefined) {
      alone[key.name](iface);
    } else if (key.name === 'tab' && typeof iface.completer === 'function' && iface.isCompletionEnabled) {
      iface._tabComplete(previousKey?.name === 'tab');
    } else if (typeof text === 'string' && text !== '') {
      insertText(iface, text);
    }
  }
}

// On a terminal that can do nothing.
function dumbTtyWrite(iface, state, text, key) {
  key ??= {};
  if (key.name === 'escape') return;
  if (state.returnAt !== 0 && key.name !== 'enter') state.returnAt = 0;
  if (key.ctrl) {
    if (key.name === 'c') {
      if (iface.listenerCount('SIGINT') > 0) iface.emit('SIGINT');
      // This one keeps running.
      else iface.close();
      return;
    }
    if (key.name === 'd') {
      iface.close();
      return;
    }
  }
  if (key.name === 'return' || key.name === 'enter') {
    pressEnter(iface, state, key.name);
  } else if (typeof text === 'string' && text !== '') {
    iface.line += text;
    iface.cursor += text.length;
    iface._writeToOutput(text);
  }
}

module.exports = { dumbTtyWrite, ttyWrite };

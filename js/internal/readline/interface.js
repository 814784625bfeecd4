'use strict';

// readline.Interface: lines from a stream, with editing where that is a terminal.
// The methods with an underscore are called through the object, since programs
// put their own in their place.

const {
  codes: { ERR_INVALID_ARG_VALUE, ERR_USE_AFTER_CLOSE },
} = require('internal/errors');
const { validateAbortSignal, validateString, validateUint32 } = require('internal/validators');
const { EventEmitter, on } = require('events');
const { StringDecoder } = require('string_decoder');
const { addAbortListener } = require('internal/events/abort_listener');
const { kFirstEventParam } = require('internal/events/symbols');
const { getStringWidth, inspect, stripVTControlCharacters } = require('internal/util/inspect');
const { clearScreenDown, cursorTo, moveCursor } = require('internal/tty/cursor');
const { applyCompletions } = require('internal/readline/completion');
const editing = require('internal/readline/editing');
const { addHistory, initHistory, moveInHistory } = require('internal/readline/history');
const { emitKeypressEvents } = require('internal/readline/keypress_events');
const { LineSplitter } = require('internal/readline/line_splitter');
const { wordEnd, wordStart } = require('internal/readline/text');
const { dumbTtyWrite, ttyWrite } = require('internal/readline/tty_write');

const ESCAPE_TIMEOUT = 500;
const TAB_SIZE = 8;
const MIN_CRLF_DELAY = 100;

const kState = Symbol('kState');

function hidden(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, configurable: true, enumerable: false, value, writable: true });
}

// What an interface keeps to itself.
class State {
  prompt;
  oldPrompt = '';
  question = null;
  decoder = new StringDecoder('utf8');
  splitter;
  edit = new editing.EditState();
  // When the last carriage return was, the key before this one, and the beginning that is searched for.
  returnAt = 0;
  previousKey = null;
  search = null;
  iterator;
}

// The two ways to say what one wants: options, or arguments.
function readArguments(input, output, completer, terminal) {
  return input?.input === undefined ? { input, output, completer, terminal } : input;
}

function Interface(...args) {
  const options = readArguments(...args);
  const { input, output, completer, signal, escapeCodeTimeout, tabSize, crlfDelay, prompt = '> ' } = options;
  let { terminal } = options;

  hidden(this, kState, new State());
  const state = this[kState];
  this.isCompletionEnabled = true;
  this.escapeCodeTimeout = ESCAPE_TIMEOUT;
  this.tabSize = TAB_SIZE;
  Reflect.apply(EventEmitter, this, []);

  if (signal) validateAbortSignal(signal, 'options.signal');
  if (tabSize !== undefined) {
    validateUint32(tabSize, 'tabSize', true);
    this.tabSize = tabSize;
  }
  if (escapeCodeTimeout !== undefined) {
    if (!Number.isFinite(escapeCodeTimeout)) {
      throw new ERR_INVALID_ARG_VALUE('input.escapeCodeTimeout', escapeCodeTimeout);
    }
    this.escapeCodeTimeout = escapeCodeTimeout;
  }
  if (completer !== undefined && typeof completer !== 'function') {
    throw new ERR_INVALID_ARG_VALUE('completer', completer);
  }
  this.line = '';
  this.output = output;
  this.input = input;
  initHistory(this, options);
  this.crlfDelay = crlfDelay ? Math.max(MIN_CRLF_DELAY, crlfDelay) : MIN_CRLF_DELAY;
  this.completer = completer;
  this.closed = false;
  this.paused = false;
  this.setPrompt(prompt);
  // Without being told, a terminal is what says that it is one.
  if (terminal === undefined && !(output === null || output === undefined)) terminal = output.isTTY;
  this.terminal = Boolean(terminal);

  state.splitter = new LineSplitter(this.crlfDelay);
  if (this.terminal) startOnTerminal(this);
  else startOnStream(this);
  if (signal) closeWith(this, signal);
  this.line = '';
  input.resume();
}

Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Interface, EventEmitter);

// Adds listeners, { event: function }, that are there until the interface closes.
function listen(iface, stream, listeners) {
  for (const event of Object.keys(listeners)) stream.on(event, listeners[event]);
  iface.once('close', () => {
    for (const event of Object.keys(listeners)) stream.removeListener(event, listeners[event]);
  });
}

function endInput(iface, rest) {
  if (typeof rest === 'string' && rest.length > 0) iface.emit('line', rest);
  iface.close();
}

function startOnStream(iface) {
  const state = iface[kState];
  listen(iface, iface.input, {
    error: (err) => iface.emit('error', err),
    data: (data) => iface._normalWrite(data),
    end: () => endInput(iface, state.splitter.rest),
  });
}

function startOnTerminal(iface) {
  const { input, output } = iface;
  emitKeypressEvents(input, iface);
  listen(iface, input, {
    error: (err) => iface.emit('error', err),
    keypress: (text, key) => onKeypress(iface, text, key),
    end: () => endInput(iface, iface.line),
  });
  iface._setRawMode(true);
  iface.cursor = 0;
  iface.historyIndex = -1;
  if (output !== null && output !== undefined) listen(iface, output, { resize: () => iface._refreshLine() });
}

function onKeypress(iface, text, key) {
  iface._ttyWrite(text, key);
  if (!key?.sequence) return;
  // Half of a character may have been shown as nothing.
  const code = key.sequence.codePointAt(0);
  if (code >= 0xD800 && code <= 0xDFFF) iface._refreshLine();
}

function closeWith(iface, signal) {
  if (signal.aborted) {
    process.nextTick(() => iface.close());
    return;
  }
  const disposable = addAbortListener(signal, () => iface.close());
  iface.once('close', () => disposable[Symbol.dispose]());
}

function checkOpen(iface) {
  if (iface.closed) throw new ERR_USE_AFTER_CLOSE('readline');
}

// ---------------------------------------------------------------------------
// What programs call

const methods = {
  getPrompt() {
    return this[kState].prompt;
  },

  setPrompt(prompt) {
    this[kState].prompt = prompt;
  },

  prompt(preserveCursor) {
    if (this.paused) this.resume();
    if (this.terminal && process.env.TERM !== 'dumb') {
      if (!preserveCursor) this.cursor = 0;
      this._refreshLine();
    } else {
      this._writeToOutput(this[kState].prompt);
    }
  },

  close() {
    if (this.closed) return;
    this.pause();
    if (this.terminal) this._setRawMode(false);
    this.closed = true;
    this.emit('close');
  },

  pause() {
    checkOpen(this);
    if (this.paused) return undefined;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  },

  resume() {
    checkOpen(this);
    if (!this.paused) return undefined;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  },

  // As if `data` had been typed, or the key pressed.
  write(data, key) {
    checkOpen(this);
    if (this.paused) this.resume();
    if (this.terminal) this._ttyWrite(data, key);
    else this._normalWrite(data);
  },

  clearLine() {
    this._moveCursor(Infinity);
    this._writeToOutput('\r\n');
    this.line = '';
    this.cursor = 0;
    this.prevRows = 0;
  },

  // Where the cursor is: { rows, cols }, from the beginning of the prompt.
  getCursorPos() {
    return this._getDisplayPos(this[kState].prompt + this.line.slice(0, this.cursor));
  },

  [Symbol.asyncIterator]() {
    return this[kState].iterator ??= on(this, 'line', {
      close: ['close'],
      highWaterMark: 1024,
      [kFirstEventParam]: true,
    });
  },

  [Symbol.dispose]() {
    this.close();
  },
};

// Asks once: what is entered next is for `callback` and no event.
function ask(iface, query, callback) {
  checkOpen(iface);
  const state = iface[kState];
  if (state.question !== null) {
    iface.prompt();
    return;
  }
  state.oldPrompt = state.prompt;
  iface.setPrompt(query);
  state.question = callback;
  iface.prompt();
}

function cancelQuestion(iface) {
  const state = iface[kState];
  if (state.question === null) return;
  state.question = null;
  iface.setPrompt(state.oldPrompt);
  iface.clearLine();
}

// ---------------------------------------------------------------------------
// What programs may replace

const inner = {
  _setRawMode(mode) {
    const before = this.input.isRaw;
    if (typeof this.input.setRawMode === 'function') this.input.setRawMode(mode);
    return before;
  },

  _onLine(line) {
    const state = this[kState];
    if (state.question === null) {
      this.emit('line', line);
      return;
    }
    const callback = state.question;
    state.question = null;
    this.setPrompt(state.oldPrompt);
    callback(line);
  },

  _writeToOutput(text) {
    validateString(text, 'stringToWrite');
    if (this.output !== null && this.output !== undefined) this.output.write(text);
  },

  _addHistory() {
    return addHistory(this);
  },

  _refreshLine() {
    const { output } = this;
    const text = this[kState].prompt + this.line;
    const end = this._getDisplayPos(text);
    const cursor = this.getCursorPos();
    // Up to where the prompt began, and all anew from there.
    const rowsAbove = this.prevRows || 0;
    if (rowsAbove > 0) moveCursor(output, 0, -rowsAbove);
    cursorTo(output, 0);
    clearScreenDown(output);
    this._writeToOutput(text);
    // A terminal goes on to a new row only when there is something to put there.
    if (end.cols === 0) this._writeToOutput(' ');
    cursorTo(output, cursor.cols);
    if (end.rows > cursor.rows) moveCursor(output, 0, cursor.rows - end.rows);
    this.prevRows = cursor.rows;
  },

  _normalWrite(data) {
    if (data === undefined) return;
    const state = this[kState];
    state.splitter.write(state.decoder.write(data), (line) => this._onLine(line));
  },

  _insertString(text) {
    editing.rememberForUndo(this, this[kState].edit);
    if (this.cursor < this.line.length) {
      this.line = this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor);
      this.cursor += text.length;
      this._refreshLine();
      return;
    }
    const before = this.getCursorPos();
    this.line += text;
    this.cursor += text.length;
    const after = this.getCursorPos();
    if (before.rows < after.rows) this._refreshLine();
    else this._writeToOutput(text);
  },

  _tabComplete(isSecondTab) {
    this.pause();
    const text = this.line.slice(0, this.cursor);
    const done = (err, answer) => {
      this.resume();
      if (err) this._writeToOutput(`Tab completion error: ${inspect(err)}`);
      else applyCompletions(this, answer, isSecondTab);
    };
    if (this.completer.length === 2) {
      this.completer(text, done);
      return;
    }
    let answer;
    try {
      answer = this.completer(text);
    } catch (err) {
      done(err);
      return;
    }
    done(null, answer);
  },

  _wordLeft() {
    this._moveCursor(wordStart(this.line, this.cursor) - this.cursor);
  },

  _wordRight() {
    this._moveCursor(wordEnd(this.line, this.cursor) - this.cursor);
  },

  _line() {
    const line = this._addHistory();
    const { edit } = this[kState];
    edit.undo = [];
    edit.redo = [];
    this.clearLine();
    this._onLine(line);
  },

  _historyNext() {
    showFromHistory(this, -1);
  },

  _historyPrev() {
    showFromHistory(this, 1);
  },

  // Where text that begins at the left edge ends.
  _getDisplayPos(text) {
    const { columns, tabSize } = this;
    let offset = 0;
    let rows = 0;
    for (const char of stripVTControlCharacters(text)) {
      if (char === '\n') {
        rows += Math.ceil(offset / columns) || 1;
        offset = 0;
      } else if (char === '\t') {
        offset += tabSize - offset % tabSize;
      } else {
        const width = getStringWidth(char, false);
        // What takes two columns does not begin in the last one.
        if (width === 2 && (offset + 1) % columns === 0) offset++;
        offset += width;
      }
    }
    const cols = offset % columns;
    rows += (offset - cols) / columns;
    return { cols, rows };
  },

  _moveCursor(by) {
    if (by === 0) return;
    const before = this.getCursorPos();
    this.cursor = Math.min(Math.max(this.cursor + by, 0), this.line.length);
    const after = this.getCursorPos();
    if (before.rows === after.rows) moveCursor(this.output, after.cols - before.cols, 0);
    else this._refreshLine();
  },

  _ttyWrite(text, key) {
    const write = process.env.TERM === 'dumb' ? dumbTtyWrite : ttyWrite;
    write(this, this[kState], text, key);
  },

  _getCursorPos() {
    return this.getCursorPos();
  },
};

function showFromHistory(iface, direction) {
  const { edit, search } = iface[kState];
  const before = { text: iface.line, cursor: iface.cursor };
  const line = moveInHistory(iface, direction, search ?? '');
  if (line === undefined) return;
  edit.undo.push(before);
  iface.line = line;
  iface.cursor = line.length;
  iface._refreshLine();
}

for (const name of [
  'deleteLeft', 'deleteLineLeft', 'deleteLineRight', 'deleteRight', 'deleteWordLeft', 'deleteWordRight', 'redo', 'undo',
  'yank', 'yankPop',
]) {
  const edit = editing[name];
  inner[`_${name}`] = function() {
    edit(this, this[kState].edit);
  };
}

for (const table of [methods, inner]) {
  for (const key of Reflect.ownKeys(table)) hidden(Interface.prototype, key, table[key]);
}

function accessor(key, get, set) {
  Object.defineProperty(Interface.prototype, key, { __proto__: null, configurable: true, enumerable: false, get, set });
}

// The width that text is broken at; without an output there is none.
accessor('columns', function() {
  return this.output?.columns ? this.output.columns : Infinity;
});
accessor('_prompt', function() {
  return this[kState].prompt;
}, function(prompt) {
  this[kState].prompt = prompt;
});
accessor('_questionCallback', function() {
  return this[kState].question;
}, function(callback) {
  this[kState].question = callback;
});
accessor('_decoder', function() {
  return this[kState].decoder;
});

module.exports = { Interface, ask, cancelQuestion, checkOpen };

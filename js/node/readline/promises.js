'use strict';

// The public 'readline/promises' module: questions whose answers are promises,
// and cursor movements that are written together.

const {
  AbortError,
  codes: { ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateInteger } = require('internal/validators');
const { inspect } = require('internal/util/inspect');
const { applyCompletions } = require('internal/readline/completion');
const { Interface: Base, ask, cancelQuestion } = require('internal/readline/interface');
const { isWritable } = require('internal/streams/utils');

const ESC = '\x1b[';

class Interface extends Base {
  // A question that is pending when the interface closes is never answered.
  question(query, options = {}) {
    return new Promise((resolve, reject) => {
      let callback = resolve;
      const signal = options?.signal;
      if (signal) {
        validateAbortSignal(signal, 'options.signal');
        if (signal.aborted) {
          reject(new AbortError(undefined, { cause: signal.reason }));
          return;
        }
        const onAbort = () => {
          cancelQuestion(this);
          reject(new AbortError(undefined, { cause: signal.reason }));
        };
        signal.addEventListener('abort', onAbort, { once: true });
        callback = (answer) => {
          signal.removeEventListener('abort', onAbort);
          resolve(answer);
        };
      }
      ask(this, query, callback);
    });
  }
}

Object.defineProperty(Interface.prototype, '_tabComplete', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  writable: true,
  // The completer may answer with a promise.
  async value(isSecondTab) {
    this.pause();
    let answer;
    try {
      answer = await this.completer(this.line.slice(0, this.cursor));
    } catch (err) {
      this._writeToOutput(`Tab completion error: ${inspect(err)}`);
      return;
    } finally {
      this.resume();
    }
    applyCompletions(this, answer, isSecondTab);
  },
});

class Readline {
  #stream;
  #autoCommit = false;
  #todo = [];

  constructor(stream, options = undefined) {
    if (stream === null || typeof stream !== 'object' || !isWritable(stream)) {
      throw new ERR_INVALID_ARG_TYPE('stream', 'Writable', stream);
    }
    this.#stream = stream;
    if (options?.autoCommit != null) {
      validateBoolean(options.autoCommit, 'options.autoCommit');
      this.#autoCommit = options.autoCommit;
    }
  }

  #add(sequence) {
    if (this.#autoCommit) process.nextTick(() => this.#stream.write(sequence));
    else this.#todo.push(sequence);
    return this;
  }

  cursorTo(x, y = undefined) {
    validateInteger(x, 'x');
    if (y !== undefined) validateInteger(y, 'y');
    return this.#add(y === undefined ? `${ESC}${x + 1}G` : `${ESC}${y + 1};${x + 1}H`);
  }

  moveCursor(dx, dy) {
    if (!dx && !dy) return this;
    validateInteger(dx, 'dx');
    validateInteger(dy, 'dy');
    let sequence = '';
    if (dx !== 0) sequence += dx > 0 ? `${ESC}${dx}C` : `${ESC}${-dx}D`;
    if (dy !== 0) sequence += dy > 0 ? `${ESC}${dy}B` : `${ESC}${-dy}A`;
    return this.#add(sequence);
  }

  clearLine(direction) {
    validateInteger(direction, 'dir', -1, 1);
    const part = direction < 0 ? 1 : direction > 0 ? 0 : 2;
    return this.#add(`${ESC}${part}K`);
  }

  clearScreenDown() {
    return this.#add(`${ESC}0J`);
  }

  commit() {
    return new Promise((resolve, reject) => {
      this.#stream.write(this.#todo.join(''), (err) => {
        if (err) reject(err);
        else resolve();
      });
      this.#todo = [];
    });
  }

  rollback() {
    this.#todo = [];
    return this;
  }
}

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = { Interface, Readline, createInterface };

'use strict';

// The public 'readline' module. Interfaces and keys are in internal/readline/.

const { AbortError } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');
const { clearLine, clearScreenDown, cursorTo, moveCursor } = require('internal/tty/cursor');
const { Interface: Base, ask, cancelQuestion } = require('internal/readline/interface');
const { emitKeypressEvents } = require('internal/readline/keypress_events');
const promises = require('readline/promises');

const customPromisify = Symbol.for('nodejs.util.promisify.custom');

// Also without `new`, as it always could be called.
function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  Reflect.apply(Base, this, [input, output, completer, terminal]);
}
Object.setPrototypeOf(Interface.prototype, Base.prototype);
Object.setPrototypeOf(Interface, Base);

function question(query, options, callback) {
  callback = typeof options === 'function' ? options : callback;
  options = options !== null && typeof options === 'object' ? options : {};
  const { signal } = options;
  if (signal) {
    validateAbortSignal(signal, 'options.signal');
    if (signal.aborted) return;
    const onAbort = () => cancelQuestion(this);
    signal.addEventListener('abort', onAbort, { once: true });
    const given = callback;
    callback = (answer) => {
      signal.removeEventListener('abort', onAbort);
      return typeof given === 'function' ? given(answer) : undefined;
    };
  }
  if (typeof callback === 'function') ask(this, query, callback);
}

question[customPromisify] = function(query, options) {
  const signal = options !== null && typeof options === 'object' ? options.signal : undefined;
  if (signal?.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  return new Promise((resolve, reject) => {
    let callback = resolve;
    if (signal) {
      const onAbort = () => reject(new AbortError(undefined, { cause: signal.reason }));
      signal.addEventListener('abort', onAbort, { once: true });
      callback = (answer) => {
        signal.removeEventListener('abort', onAbort);
        resolve(answer);
      };
    }
    this.question(query, options, callback);
  });
};

Object.defineProperty(Interface.prototype, 'question', {
  __proto__: null, configurable: true, enumerable: false, writable: true, value: question,
});

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = {
  Interface,
  clearLine,
  clearScreenDown,
  createInterface,
  cursorTo,
  emitKeypressEvents,
  moveCursor,
  promises,
};

'use strict';

// Rejections that nobody handled: 'unhandledRejection', 'rejectionHandled' and
// what --unhandled-rejections makes of the rest.

const {
  emitAfter,
  emitBefore,
  symbols: { async_id_symbol, trigger_async_id_symbol },
} = require('internal/async_hooks');
const { getOption } = require('internal/options');
const { fatalException } = require('internal/process/execution');
const { process } = require('internal/process/object');
const { nextTick } = require('internal/process/task_queues');

// Promises whose rejection has been announced, with the number it was given.
const announced = new WeakMap();
let lastId = 0;

function isErrorLike(value) {
  try {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, 'stack');
  } catch {
    // A proxy that answers nobody.
    return false;
  }
}

function warnUnhandled(reason, id) {
  const warning = new Error(
    'Unhandled promise rejection. This error originated either by ' +
    'throwing inside of an async function without a catch block, ' +
    'or by rejecting a promise which was not handled with .catch(). ' +
    'To terminate the node process on unhandled promise rejection, ' +
    'use the CLI flag `--unhandled-rejections=strict` (see ' +
    'https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode). ' +
    `(rejection id: ${id})`);
  warning.name = 'UnhandledPromiseRejectionWarning';
  try {
    if (isErrorLike(reason)) {
      warning.stack = reason.stack;
      process.emitWarning(reason.stack, 'UnhandledPromiseRejectionWarning');
    } else {
      process.emitWarning(plainText(reason), 'UnhandledPromiseRejectionWarning');
    }
  } catch {
    // A reason whose stack cannot be read still gets its warning.
  }
  process.emitWarning(warning);
}

// Raised for a rejection whose reason is no error.
class UnhandledPromiseRejection extends Error {
  code = 'ERR_UNHANDLED_REJECTION';

  constructor(reason) {
    super('This error originated either by throwing inside of an ' +
          'async function without a catch block, or by rejecting a ' +
          'promise which was not handled with .catch(). The promise rejected with the ' +
          `reason "${plainText(reason)}".`);
    this.name = 'UnhandledPromiseRejection';
  }
}

// A value as text, without running any code of its own.
function plainText(value) {
  if (typeof value === 'function') return core.isProxy(value) ? '#<Function>' : Function.prototype.toString.call(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (core.isProxy(value)) return '#<Object>';
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || core.isProxy(prototype)) return '[object Object]';
  const constructor = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  const name = typeof constructor === 'function' && Object.getOwnPropertyDescriptor(constructor, 'name')?.value;
  return typeof name === 'string' && name !== '' ? `#<${name}>` : '[object Object]';
}

// The error to raise for a rejection with a reason that is none.
function asError(reason) {
  return isErrorLike(reason) ? reason : new UnhandledPromiseRejection(reason);
}

function emitUnhandled(promise, reason) {
  return process.emit('unhandledRejection', reason, promise);
}

const modes = {
  __proto__: null,
  'none'(promise, reason) {
    emitUnhandled(promise, reason);
  },
  'strict'(promise, reason, id) {
    fatalException(asError(reason), true);
    if (!emitUnhandled(promise, reason)) warnUnhandled(reason, id);
  },
  'throw'(promise, reason) {
    if (!emitUnhandled(promise, reason)) fatalException(asError(reason), true);
  },
  'warn'(promise, reason, id) {
    emitUnhandled(promise, reason);
    warnUnhandled(reason, id);
  },
  'warn-with-error-codes'(promise, reason, id) {
    if (emitUnhandled(promise, reason)) return;
    warnUnhandled(reason, id);
    process.exitCode = 1;
  },
};

let mode;

function onUnhandled(promise, reason) {
  mode ??= modes[getOption('unhandled-rejections') ?? 'throw'] ?? modes.throw;
  const id = ++lastId;
  announced.set(promise, { id, warned: mode === modes.warn });

  const asyncId = promise[async_id_symbol];
  if (asyncId !== undefined) emitBefore(asyncId, promise[trigger_async_id_symbol], promise);
  try {
    mode(promise, reason, id);
    if (asyncId !== undefined) emitAfter(asyncId);
  } catch (err) {
    // A listener threw.
    fatalException(err, false);
  }
  return true;
}

// A handler came after the rejection was announced.
function onHandled(promise) {
  const entry = announced.get(promise);
  if (entry === undefined) return;
  announced.delete(promise);
  try {
    const heard = process.emit('rejectionHandled', promise);
    if (!heard && entry.warned) {
      const warning = new Error(`Promise rejection was handled asynchronously (rejection id: ${entry.id})`);
      warning.name = 'PromiseRejectionHandledWarning';
      warning.id = entry.id;
      process.emitWarning(warning);
    }
  } catch (err) {
    nextTick(() => {
      throw err;
    });
  }
}

core.setUnhandledPromiseRejectionHandler(onUnhandled);

function initialize() {
  core.setHandledPromiseRejectionHandler(onHandled);
}

module.exports = { initialize };

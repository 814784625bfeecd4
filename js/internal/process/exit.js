'use strict';

// How a process ends of its own will: exit(), exitCode, abort() and the events
// 'beforeExit' and 'exit'. Ending by an uncaught exception is in execution.js.

const { validateInteger } = require('internal/validators');
const { hasOption } = require('internal/options');
const { process } = require('internal/process/object');
const { writeError } = require('internal/process/raw_output');
const { setExiting } = require('internal/process/task_queues');

let exitCode;

function setExitCode(code) {
  if (code !== null && code !== undefined) {
    let value = code;
    // '3' is taken for 3; '' and '3 apples' are not numbers.
    if (typeof code === 'string' && code !== '' && Number.isInteger(Number(code))) {
      value = Number(code);
    }
    validateInteger(value, 'code');
    code = value;
  }
  exitCode = code;
}

// The code to hand to the system, which wants a number; `otherwise` when the program has set none.
function finalCode(otherwise) {
  return process.exitCode === undefined || process.exitCode === null ? otherwise : Number(process.exitCode);
}

let isExiting = false;

function exiting() {
  return isExiting;
}

// Emits 'exit', at most once in the life of a process.
function emitExitEvent() {
  if (isExiting) return;
  process._exiting = true;
  process.emit('exit', process.exitCode || 0);
}

// Asked when a program ends because it has nothing left to do: a main module that still awaits has a say.
let naturalEnd;

function setNaturalEndHandler(handler) {
  naturalEnd = handler;
}

function emitExitEventAtEnd() {
  naturalEnd?.();
  emitExitEvent();
}

function exit(code) {
  if (arguments.length > 0) process.exitCode = code;
  emitExitEvent();
  if (hasOption('trace-exit')) traceExit(finalCode(0));
  process.reallyExit(finalCode(0));
}

// --trace-exit: who has ended the process.
function traceExit(code) {
  const trace = {};
  Error.captureStackTrace(trace, exit);
  const frames = trace.stack.slice(trace.stack.indexOf('\n') + 1);
  writeError(`(node:${process.pid}) WARNING: Exited the environment with code ${code}\n${frames}\n`);
}

// What has to be done before the process ends, whichever way.
let lastWork;

function setLastWork(work) {
  lastWork = work;
}

function reallyExit(code) {
  if (lastWork !== undefined) {
    const work = lastWork;
    lastWork = undefined;
    work();
  }
  ops.op_runtime_exit(code | 0);
  // An embedded script is terminated at its next safe point; nothing of it may run until then.
  for (;;);
}

// A method, so that it cannot be called with `new`.
const { abort } = {
  abort() {
    ops.op_os_abort();
  },
};

function emitBeforeExit() {
  process.emit('beforeExit', process.exitCode || 0);
}

Object.defineProperties(process, {
  exitCode: {
    __proto__: null,
    get() {
      return exitCode;
    },
    set: setExitCode,
    enumerable: true,
    configurable: false,
  },
  _exiting: {
    __proto__: null,
    get() {
      return isExiting;
    },
    set(value) {
      isExiting = Boolean(value);
      setExiting(isExiting);
    },
    enumerable: true,
    configurable: true,
  },
});

module.exports = {
  abort,
  emitBeforeExit,
  emitExitEvent,
  emitExitEventAtEnd,
  exit,
  exiting,
  finalCode,
  reallyExit,
  setLastWork,
  setNaturalEndHandler,
};

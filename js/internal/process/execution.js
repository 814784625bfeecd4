'use strict';

// What happens to an exception that nobody caught, and the entry points that
// the event loop calls: every callback, 'beforeExit', 'exit'.

const {
  codes: {
    ERR_DOMAIN_CANNOT_SET_UNCAUGHT_EXCEPTION_CAPTURE,
    ERR_INVALID_ARG_TYPE,
    ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET,
  },
} = require('internal/errors');
const { getAsyncContext, setAsyncContext } = require('internal/async_hooks/context');
const {
  clearAsyncIdStack,
  clearDefaultTriggerAsyncId,
  emitAfter,
  emitAfterAll,
  emitBefore,
  emitDestroyBatch,
  symbols: { async_id_symbol, context_symbol, trigger_async_id_symbol },
} = require('internal/async_hooks');
const { emitBeforeExit, emitExitEvent, emitExitEventAtEnd, finalCode, reallyExit } = require('internal/process/exit');
const { formatFatal } = require('internal/process/fatal_report');
const { process } = require('internal/process/object');
const { writeError } = require('internal/process/raw_output');
const { hasOption } = require('internal/options');
const { holdTicks } = require('internal/process/task_queues');
const { setReporter } = require('internal/promise_hooks');

const kGenericUserError = 1;
const kInvalidFatalExceptionMonkeyPatching = 6;
const kExceptionInFatalExceptionHandler = 7;

let captureCallback = null;

function setUncaughtExceptionCaptureCallback(fn) {
  if (fn === null) {
    captureCallback = null;
    return;
  }
  if (typeof fn !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('fn', ['Function', 'null'], fn);
  }
  if (domainHandler !== null) {
    throw new ERR_DOMAIN_CANNOT_SET_UNCAUGHT_EXCEPTION_CAPTURE();
  }
  if (captureCallback !== null) {
    throw new ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET();
  }
  captureCallback = fn;
}

// The 'domain' module's part, once it is loaded: true when a domain has taken the exception.
let domainHandler = null;

function setDomainHandler(handler) {
  domainHandler = handler;
}

function hasUncaughtExceptionCaptureCallback() {
  return captureCallback !== null;
}

// Whether somebody dealt with it.
function deliver(err, fromPromise) {
  const origin = fromPromise ? 'unhandledRejection' : 'uncaughtException';
  process.emit('uncaughtExceptionMonitor', err, origin);
  if (captureCallback !== null) {
    captureCallback(err);
    return true;
  }
  if (domainHandler !== null && domainHandler(err)) return true;
  return process.emit('uncaughtException', err, origin);
}

// True when the program goes on. When it does not, this does not return, except
// in an embedded runtime that has been told to stop.
function fatalException(err, fromPromise = false) {
  if (hasOption('abort-on-uncaught-exception') && captureCallback === null) {
    writeError(formatFatal(err));
    process.abort();
  }

  // A program may have taken away what decides about exceptions.
  if (typeof process._fatalException !== 'function') {
    writeError(formatFatal(err, fromPromise));
    reallyExit(kInvalidFatalExceptionMonkeyPatching);
    return false;
  }

  // What the failed code had set up for its own resources is not for the handlers'.
  clearDefaultTriggerAsyncId();

  let handled;
  try {
    handled = deliver(err, fromPromise);
  } catch (second) {
    writeError(formatFatal(second));
    reallyExit(kExceptionInFatalExceptionHandler);
    return false;
  }
  if (handled) {
    emitAfterAll();
    return true;
  }

  // The listeners of 'exit' come before the text, and may still change the code.
  try {
    if (!process._exiting) process.exitCode = kGenericUserError;
    emitExitEvent();
  } catch {
    // The program is ending for a reason that it has yet to say.
  }
  writeError(formatFatal(err, fromPromise));
  reallyExit(finalCode(kGenericUserError));
  return false;
}

// Every call from the event loop into a callback. A receiver that was given
// ids by trackResource() has its callbacks run in its scope.
function trampoline(callback, receiver, ...args) {
  const asyncId = receiver?.[async_id_symbol];
  const outer = getAsyncContext();
  if (asyncId !== undefined) {
    setAsyncContext(receiver[context_symbol]);
    emitBefore(asyncId, receiver[trigger_async_id_symbol], receiver);
  }
  try {
    Reflect.apply(callback, receiver, args);
    if (asyncId !== undefined) emitAfter(asyncId);
  } catch (err) {
    fatalException(err, false);
  }
  setAsyncContext(outer);
  core.runNextTicks();
}

// The main script: as a callback, but what it started is not its continuation.
function runMainScript(run) {
  try {
    run();
  } catch (err) {
    fatalException(err, false);
  }
  clearAsyncIdStack();
  core.runNextTicks();
}

function reportBeforeExit() {
  // The last moment for what waits for a turn of the loop without asking for one.
  emitDestroyBatch();
  try {
    emitBeforeExit();
  } catch (err) {
    fatalException(err, false);
  }
  core.runNextTicks();
}

function reportExit() {
  try {
    emitExitEventAtEnd();
  } catch (err) {
    fatalException(err, false);
  }
  // Not process.reallyExit: replacing that changes exit(), not how a program ends by itself.
  reallyExit(finalCode(0));
}

// deno_core's queues report here what a tick or microtask throws, and then go on.
core.setReportExceptionCallback((err) => {
  // Ticks that the handlers queue wait for a turn of the loop: a handler that
  // fails in its own tick, again and again, must not keep everything else waiting.
  const release = holdTicks();
  try {
    fatalException(err, false);
  } finally {
    release();
  }
});
setReporter(fatalException);

module.exports = {
  emitBeforeExit: reportBeforeExit,
  emitExit: reportExit,
  fatalException,
  hasUncaughtExceptionCaptureCallback,
  runMainScript,
  setDomainHandler,
  setUncaughtExceptionCaptureCallback,
  trampoline,
};

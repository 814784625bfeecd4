'use strict';
// spawn() and fork(): a process with a time limit, an AbortSignal, and for fork() a channel.

const { codes: { ERR_CHILD_PROCESS_IPC_REQUIRED }, AbortError } = require('internal/errors');
const { addAbortListener } = require('internal/events/abort_listener');
const { validateAbortSignal, validateArray, validateObject } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { clearTimeout, setTimeout } = require('timers');
const { debuglog } = require('internal/util/debuglog');
const {
  getPath, normalizeSpawnArguments, rejectNullBytes, rejectNullBytesInList, sanitizeKillSignal, validateTimeout,
} = require('internal/child_process/arguments');
const { ChildProcess } = require('internal/child_process/child_process');
const { expandStdio } = require('internal/child_process/stdio');

const debug = debuglog('child_process');

function limitTime(child, timeout, killSignal) {
  const timer = setTimeout(() => {
    try {
      child.kill(killSignal);
    } catch (err) {
      child.emit('error', err);
    }
  }, timeout);
  child.once('exit', () => clearTimeout(timer));
}

function abort(child, killSignal, reason) {
  try {
    if (child.kill(killSignal)) child.emit('error', new AbortError(undefined, { cause: reason }));
  } catch (err) {
    child.emit('error', err);
  }
}

function obeySignal(child, signal, killSignal) {
  const onAbort = () => abort(child, killSignal, signal.reason);
  if (signal.aborted) {
    nextTick(onAbort);
    return;
  }
  const listener = addAbortListener(signal, onAbort);
  child.once('exit', listener[Symbol.dispose]);
}

function spawn(file, args, givenOptions) {
  const options = normalizeSpawnArguments(file, args, givenOptions);
  validateTimeout(options.timeout);
  validateAbortSignal(options.signal, 'options.signal');
  const killSignal = sanitizeKillSignal(options.killSignal);
  const child = new ChildProcess();
  debug('spawn', options);
  child.spawn(options);
  if (options.timeout > 0) limitTime(child, options.timeout, killSignal);
  if (options.signal) obeySignal(child, options.signal, killSignal);
  return child;
}

// process.execArgv for a child: without the code that this process was given to run.
function inheritedExecArgv() {
  const { execArgv } = process;
  if (process._eval == null) return execArgv;
  const index = execArgv.lastIndexOf(process._eval);
  return index > 0 ? execArgv.toSpliced(index - 1, 2) : execArgv;
}

function forkStdio(options) {
  const { stdio } = options;
  if (typeof stdio === 'string') return expandStdio(stdio, 'ipc');
  if (!Array.isArray(stdio)) return expandStdio(options.silent ? 'pipe' : 'inherit', 'ipc');
  if (!stdio.includes('ipc')) throw new ERR_CHILD_PROCESS_IPC_REQUIRED('options.stdio');
  return stdio;
}

function fork(modulePath, args, givenOptions) {
  const file = getPath(modulePath, 'modulePath');
  if (args == null) {
    args = [];
  } else if (typeof args === 'object' && !Array.isArray(args)) {
    givenOptions = args;
    args = [];
  } else {
    validateArray(args, 'args');
  }
  if (givenOptions != null) validateObject(givenOptions, 'options');
  const options = { __proto__: null, ...givenOptions, shell: false };
  options.execPath ||= process.execPath;
  rejectNullBytes(options.execPath, 'options.execPath');
  const execArgv = options.execArgv || inheritedExecArgv();
  rejectNullBytesInList(execArgv, 'options.execArgv');
  options.stdio = forkStdio(options);
  return spawn(options.execPath, [...execArgv, file, ...args], options);
}

module.exports = { fork, spawn };

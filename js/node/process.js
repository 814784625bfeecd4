'use strict';

// The public 'process' module: the process object, put together from the parts
// in internal/process/. Per-process facts are added by internal/process/start.

const {
  codes: { ERR_METHOD_NOT_IMPLEMENTED },
} = require('internal/errors');
const { defineLazy, process } = require('internal/process/object');
const activeResources = require('internal/process/active_resources');
const credentials = require('internal/process/credentials');
const { emitWarning } = require('internal/process/warning');
const environment = require('internal/process/environment');
const execution = require('internal/process/execution');
const { abort, exit, reallyExit } = require('internal/process/exit');
const facts = require('internal/process/facts');
const { makeAllowedFlags } = require('internal/process/allowed_flags');
const { nextTick } = require('internal/process/task_queues');
const { rawDebug } = require('internal/process/raw_output');
const usage = require('internal/process/usage');
require('internal/process/promises');
require('internal/process/signals');

const methods = {
  // Ending
  abort,
  exit,
  reallyExit,
  execve: environment.execve,
  // Errors and warnings
  emitWarning,
  hasUncaughtExceptionCaptureCallback: execution.hasUncaughtExceptionCaptureCallback,
  setUncaughtExceptionCaptureCallback: execution.setUncaughtExceptionCaptureCallback,
  _fatalException: execution.fatalException,
  _rawDebug: rawDebug,
  // Work
  nextTick,
  ref: activeResources.ref,
  unref: activeResources.unref,
  getActiveResourcesInfo: activeResources.getActiveResourcesInfo,
  _getActiveHandles: activeResources.getActiveHandles,
  _getActiveRequests: activeResources.getActiveRequests,
  // System
  chdir: facts.chdir,
  cwd: facts.cwd,
  kill: facts.kill,
  _kill: facts._kill,
  loadEnvFile: environment.loadEnvFile,
  getBuiltinModule: environment.getBuiltinModule,
  setSourceMapsEnabled: environment.setSourceMapsEnabled,
  ...credentials,
  ...usage,
  // Native code
  binding: environment.binding,
  dlopen: environment.dlopen,
};

for (const name of Object.keys(methods)) {
  const method = methods[name];
  process[name] = method;
}

process.domain = null;

defineLazy('allowedNodeEnvironmentFlags', makeAllowedFlags);
defineLazy('finalization', () => require('internal/process/finalization').makeFinalization());

defineLazy('report', () => require('internal/process/report').report);

// Standard streams are made by whoever first looks at one.
for (const name of ['stdin', 'stdout', 'stderr']) {
  const getter = `get${name[0].toUpperCase()}${name.slice(1)}`;
  Object.defineProperty(process, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return require('internal/process/stdio')[getter]();
    },
  });
}

process.openStdin = function openStdin() {
  process.stdin.resume();
  return process.stdin;
};

process.assert = function assert(value, message) {
  require('assert').ok(value, message);
};

Object.defineProperty(process, '_debugProcess', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  value: function _debugProcess() {
    throw new ERR_METHOD_NOT_IMPLEMENTED('process._debugProcess()');
  },
});

module.exports = process;

'use strict';
// What Rust calls: the start of a process, the main script, and the two exit events.

let config;

function start(given) {
  config = given;
  delete globalThis.Deno;
  delete globalThis.__bootstrap;
  ops.op_core_trampoline_set(require('internal/process/execution').trampoline);
  require('internal/timers').initialize();
  require('internal/errors').initialize();
  require('internal/process/start').initialize(config);
  if (require('internal/options').getOption('experimental-websocket') === 'false') {
    delete globalThis.WebSocket;
    delete globalThis.CloseEvent;
  }
  if (config.embedderOps.length > 0) require('internal/bootstrap/builtins').setEmbedderOps(config.embedderOps, ops);
  startAsChild();
}

// A parent that wants to talk to this process says so in the environment (and a cluster's primary, which worker it is).
function startAsChild() {
  const { env } = process;
  if (env.NODE_CHANNEL_FD !== undefined) require('internal/child_process/child_channel').initialize();
  const uniqueId = env.NODE_UNIQUE_ID;
  if (uniqueId !== undefined) {
    delete env.NODE_UNIQUE_ID;
    require('internal/cluster/role').setUniqueId(uniqueId);
    if (process.connected) require('internal/cluster/child')._setupWorker(uniqueId);
  }
}

function runMain() {
  require('internal/process/execution').runMainScript(() => require('internal/modules/run_main').runMain(config));
}

function emitBeforeExit() {
  require('internal/process/execution').emitBeforeExit();
}

function emitExit() {
  require('internal/process/execution').emitExit();
}

function fatalException(err) {
  require('internal/process/execution').fatalException(err);
}

// Whether anything keeps the event loop alive.
function isAlive() {
  return core.eventLoopHasMoreWork();
}

module.exports = { start, runMain, emitBeforeExit, isAlive, emitExit, fatalException };

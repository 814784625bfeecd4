'use strict';
// What Rust calls: the start of a process, the main script, and the two exit events.

let config;

function optional(id) {
  try { return require(id); } catch (err) { if (/No such built-in/.test(err.message)) return null; throw err; }
}

function start(given) {
  config = given;
  delete globalThis.Deno;
  delete globalThis.__bootstrap;
  ops.op_core_trampoline_set(trampoline);
  optional('internal/process/start')?.initialize(config);
}

// Every callback from the event loop goes through here.
function trampoline(callback, receiver, ...args) {
  try {
    Reflect.apply(callback, receiver, args);
  } catch (err) {
    fatalException(err);
  }
  core.runNextTicks();
}

function runMain() {
  trampoline(() => require('internal/modules/run_main').runMain(config));
}

function emitBeforeExit() {
  trampoline(() => optional('internal/process/execution')?.emitBeforeExit());
}

function emitExit() {
  optional('internal/process/execution')?.emitExit();
}

function fatalException(err) {
  const execution = optional('internal/process/execution');
  if (execution?.fatalException) return execution.fatalException(err);
  core.print(`${err?.stack ?? err}\n`, true);
  ops.op_runtime_exit(1);
}

module.exports = { start, runMain, emitBeforeExit, emitExit, fatalException };

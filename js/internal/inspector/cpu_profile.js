'use strict';

// v8.startCpuProfile(): a profile as the text of a .cpuprofile file.

const { Session, ask } = require('internal/inspector/session');

class SyncCPUProfileHandle {
  #session = new Session();

  constructor() {
    this.#session.connect();
    ask(this.#session, 'Profiler.enable');
    ask(this.#session, 'Profiler.start');
  }

  // The profile, once.
  stop() {
    if (this.#session === undefined) return undefined;
    const { profile } = ask(this.#session, 'Profiler.stop');
    this.#session.disconnect();
    this.#session = undefined;
    return JSON.stringify(profile);
  }

  [Symbol.dispose]() {
    this.stop();
  }
}

function start() {
  return new SyncCPUProfileHandle();
}

module.exports = { start };

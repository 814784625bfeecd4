'use strict';
// cluster.Worker: what the primary and the worker itself both have. Each side adds disconnect() and destroy().

const EventEmitter = require('events');

const { setPrototypeOf } = Object;

const kSuicide = Symbol('kSuicide');

// A class of its own for each side, which puts its methods on the prototype.
function makeWorkerClass() {
  function Worker(options) {
    if (!(this instanceof Worker)) return new Worker(options);
    EventEmitter.call(this);
    if (options === null || typeof options !== 'object') options = {};
    this.exitedAfterDisconnect = undefined;
    this.state = options.state || 'none';
    this.id = options.id | 0;
    if (options.process) {
      this.process = options.process;
      this.process.on('error', (err, signal) => {
        // What a worker writes is no reason for the primary to fall.
        if (err?.code === 'ERR_IPC_INVALID_MESSAGE' && this.listenerCount('error') === 0) process.emitWarning(err);
        else this.emit('error', err, signal);
      });
      this.process.on('message', (message, handle) => this.emit('message', message, handle));
    }
  }
  setPrototypeOf(Worker.prototype, EventEmitter.prototype);
  setPrototypeOf(Worker, EventEmitter);

  Worker.prototype.kill = function(...args) {
    this.destroy(...args);
  };

  Worker.prototype.send = function(...args) {
    return this.process.send(...args);
  };

  Worker.prototype.isDead = function() {
    return this.process.exitCode != null || this.process.signalCode != null;
  };

  Worker.prototype.isConnected = function() {
    return this.process.connected;
  };

  // v0.10's word, which later versions of Node have dropped: the worker ended by disconnect() or kill(), not by itself.
  Object.defineProperty(Worker.prototype, 'suicide', {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return this[kSuicide] ?? this.exitedAfterDisconnect;
    },
    set(value) {
      this[kSuicide] = value;
    },
  });
  return Worker;
}

module.exports = { makeWorkerClass };

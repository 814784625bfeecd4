'use strict';
// A net.Socket whose connection is HTTP's: Rust moves its bytes (ext_net/src/http/socket_handle.rs). It stays what it is to its user: its events, its
// addresses and its timeouts are the connection's, what is written to it goes out behind what HTTP writes, and what comes is shown to those who
// listen for it.

const { Socket } = require('net');
const { Buffer } = require('buffer');
const { ErrnoException } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { clearTimeout, setTimeout } = require('timers');
const { nextTick } = require('internal/process/task_queues');
const { kOnNews, kPassed, kTakeBack } = require('internal/net/passing');
const { ensurePump, kHandle, setHandle } = require('internal/net/socket');
const { kEvent } = require('internal/http/callbacks');
const { NEWS, READ, WRITTEN } = require('internal/http/flags');
const { timerDuration } = require('internal/http/limits');

const kInside = Symbol('kInside');
const UV_ECANCELED = -125;

const kOnEvent = Symbol('kOnEvent');
const kTimer = Symbol('kTimer');
const kWriteCallback = Symbol('kWriteCallback');

// The methods that a socket has while it is driven; the rest is net.Socket's.
const methods = {
  _read() {
    // Nobody need wait for what HTTP reads, but who listens sees it.
    if (this.readableFlowing || this.listenerCount('readable') > 0) this[kHandle]?.readStart();
    else this._readableState.reading = false;
  },

  _writeGeneric(writev, data, encoding, cb) {
    const handle = this[kHandle];
    if (!handle) {
      cb(null);
      return;
    }
    const pieces = writev ? data.map(({ chunk, encoding: one }) => bytesOf(chunk, one)) : [bytesOf(data, encoding)];
    for (const piece of pieces) {
      const status = handle.writeBuffer(piece);
      if (status < 0) {
        cb(new ErrnoException(status, 'write'));
        return;
      }
    }
    this[kWriteCallback] = cb;
  },

  _final(cb) {
    // An event follows, unless the connection is gone.
    if (this[kHandle]?.shutdown()) this[kWriteCallback] = cb;
    else nextTick(cb, null);
  },

  _destroy(err, cb) {
    clearTimeout(this[kTimer]);
    const write = this[kWriteCallback];
    if (write !== null && this._writableState.writing) {
      // It has ended with the connection.
      this[kWriteCallback] = null;
      nextTick(write, new ErrnoException(UV_ECANCELED, 'write'));
    }
    Object.getPrototypeOf(this)._destroy.call(this, err, cb);
  },

  resetAndDestroy() {
    this.resetAndClosing = true;
    return this.destroy();
  },

  // HTTP reads it already, so that a listener of any kind sees what comes.
  prependListener(event, listener) {
    Socket.prototype.prependListener.call(this, event, listener);
    if (event === 'data' && this.readableFlowing !== false) this.resume();
    return this;
  },

  // A program may put bytes before those that the peer sends: by push(), by unshift(), or as a 'data' event of its own.
  push(chunk, encoding) {
    if (chunk === null || !this[kHandle]) return Socket.prototype.push.call(this, chunk, encoding);
    this[kHandle].inject(bytesOf(chunk, encoding));
    return true;
  },

  unshift(chunk, encoding) {
    return this.push(chunk, encoding);
  },

  emit(event, ...args) {
    if (event === 'data' && !this[kInside]) this[kHandle]?.inject(bytesOf(args[0]));
    return Reflect.apply(Socket.prototype.emit, this, [event, ...args]);
  },

  // The stream's own 'data' events come out of read() and out of what is pushed while it flows.
  read(size) {
    return inside(this, Socket.prototype.read, size);
  },

  setTimeout(msecs, callback) {
    if (this.destroyed) return this;
    this.timeout = timerDuration(msecs, 'msecs');
    clearTimeout(this[kTimer]);
    this[kTimer] = null;
    if (callback !== undefined) validateFunction(callback, 'callback');
    if (this.timeout === 0) {
      if (callback !== undefined) this.removeListener('timeout', callback);
    } else {
      arm(this, this.timeout);
      if (callback !== undefined) this.once('timeout', callback);
    }
    return this;
  },

  [kEvent](kind, status, buffer) {
    switch (kind) {
      case READ:
        if (!this.destroyed && !inside(this, Socket.prototype.push, Buffer.from(buffer))) this[kHandle]?.readStop();
        break;
      case WRITTEN: {
        const cb = this[kWriteCallback];
        this[kWriteCallback] = null;
        if (!this.destroyed) cb?.(null);
        break;
      }
      case NEWS:
        this[kOnNews]?.();
        break;
      default:
        this[kOnEvent](kind, status, buffer);
    }
  },
};

function inside(socket, method, argument) {
  const before = socket[kInside];
  socket[kInside] = true;
  try {
    return Reflect.apply(method, socket, [argument]);
  } finally {
    socket[kInside] = before;
  }
}

function bytesOf(chunk, encoding) {
  return typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
}

function arm(socket, msecs) {
  socket[kTimer] = setTimeout(onTimer, msecs, socket);
  socket[kTimer].unref();
}

// Bytes that Rust moved since the timer was set put the timeout off.
function onTimer(socket) {
  if (socket.destroyed) return;
  const left = socket.timeout - (socket[kHandle]?.idleTime() ?? Infinity);
  if (left > 1) arm(socket, left);
  else socket.emit('timeout');
}

// Makes `socket` one whose bytes Rust moves. `handle` is an HttpSocket, `onEvent` gets the events that are not the socket's own affair.
function drive(socket, handle, onEvent) {
  const { timeout } = socket;
  if (timeout) Socket.prototype.setTimeout.call(socket, 0);
  socket[kHandle] = handle;
  socket[kInside] = false;
  socket[kOnEvent] = onEvent;
  socket[kWriteCallback] = null;
  socket[kTimer] = null;
  for (const key of Reflect.ownKeys(methods)) {
    Object.defineProperty(socket, key, { __proto__: null, configurable: true, writable: true, value: methods[key] });
  }
  // A read that was asked for is not waited for any more.
  socket._readableState.reading = false;
  handle.setOwner(socket);
  socket[kPassed]?.(handle);
  if (timeout) socket.setTimeout(timeout);
}

// The socket is what it was again.
function release(socket) {
  const handle = socket[kHandle];
  const { timeout } = socket;
  clearTimeout(socket[kTimer]);
  for (const key of Reflect.ownKeys(methods)) delete socket[key];
  if (!handle) return;
  const plain = handle.release();
  socket[kHandle] = null;
  if (plain === undefined) {
    socket.destroy();
    return;
  }
  if (socket[kTakeBack]) socket[kTakeBack](plain, handle);
  else setHandle(socket, plain);
  if (timeout) socket.setTimeout(timeout);
}

// A socket for a connection that has had none.
function makeSocket(handle, onEvent) {
  ensurePump();
  const socket = new Socket({ allowHalfOpen: true, manualStart: true });
  drive(socket, handle, onEvent);
  return socket;
}

module.exports = { drive, makeSocket, release };

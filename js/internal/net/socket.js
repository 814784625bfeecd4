'use strict';
// net.Socket: a Duplex over a native stream handle. Making connections is connect.js's, accepting them server.js's.

const { Duplex, addAbortSignal } = require('stream');
const { Buffer } = require('buffer');
const {
  codes: { ERR_INVALID_ARG_VALUE, ERR_INVALID_FD_TYPE, ERR_INVALID_HANDLE_TYPE, ERR_OUT_OF_RANGE, ERR_SOCKET_CLOSED },
  ErrnoException,
} = require('internal/errors');
const { validateAbortSignal, validateFunction, validateInt32, validateNumber } = require('internal/validators');
const { clearTimeout, setImmediate, setTimeout } = require('timers');
const { nextTick } = require('internal/process/task_queues');
const { ensureCallbacks, kConnected, kRead, kWritten } = require('internal/net/callbacks');
const { normalizeArgs, isNormalized } = require('internal/net/options');
const { socketClosed, socketOpened } = require('internal/net/owners');

const UV_EOF = -4095;
const UV_ENOTCONN = -107;

const kHandle = Symbol('kHandle');
const kTimeout = Symbol('kTimeout');
const kTimeoutTimer = Symbol('kTimeoutTimer');
const kWriteCallback = Symbol('kWriteCallback');
const kBytesRead = Symbol('kBytesRead');
const kBytesWritten = Symbol('kBytesWritten');
const kSetNoDelay = Symbol('kSetNoDelay');
const kSetKeepAlive = Symbol('kSetKeepAlive');
const kSetKeepAliveDelay = Symbol('kSetKeepAliveDelay');
const kSetTos = Symbol('kSetTos');
const kUserBuffer = Symbol('kUserBuffer');
const kUserBufferFn = Symbol('kUserBufferFn');
const kConnectDone = Symbol('kConnectDone');

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  if (typeof options === 'number') options = { fd: options };
  else options = { ...options };
  if (options.objectMode || options.readableObjectMode || options.writableObjectMode) {
    const name = options.objectMode ? 'objectMode' : options.readableObjectMode ? 'readableObjectMode' : 'writableObjectMode';
    throw new ERR_INVALID_ARG_VALUE(`options.${name}`, options[name], 'is not supported');
  }
  if (options.keepAliveInitialDelay !== undefined) {
    validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    if (options.keepAliveInitialDelay < 0) options.keepAliveInitialDelay = 0;
  }

  this.connecting = false;
  this._hadError = false;
  this._parent = null;
  this._host = null;
  this._peername = undefined;
  this._sockname = undefined;
  this._closeAfterHandlingError = false;
  this._pendingData = null;
  this._pendingEncoding = '';
  this[kHandle] = null;
  this[kTimeout] = 0;
  this[kTimeoutTimer] = null;
  this[kWriteCallback] = null;
  this[kBytesRead] = 0;
  this[kBytesWritten] = 0;
  this[kSetNoDelay] = Boolean(options.noDelay);
  this[kSetKeepAlive] = Boolean(options.keepAlive);
  this[kSetKeepAliveDelay] = ~~(options.keepAliveInitialDelay / 1000);
  this[kUserBuffer] = null;
  this[kUserBufferFn] = null;
  this.server = null;

  options.emitClose = false;
  options.autoDestroy = true;
  options.decodeStrings = false;
  options.allowHalfOpen = Boolean(options.allowHalfOpen);
  const { signal } = options;
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  options.signal = undefined;
  const readable = options.readable;
  const writable = options.writable;
  const handle = options.handle ?? (options.fd !== undefined ? openFd(this, options.fd) : null);
  options.handle = undefined;
  Duplex.call(this, options);

  if (handle) adoptHandle(this, handle);
  const { onread } = options;
  if (onread !== null && typeof onread === 'object' && typeof onread.callback === 'function'
      && (onread.buffer instanceof Uint8Array || typeof onread.buffer === 'function')) {
    this[kUserBuffer] = typeof onread.buffer === 'function' ? onread.buffer() : onread.buffer;
    this[kUserBufferFn] = onread;
  }
  if (handle) {
    if (options.fd !== undefined && (options.fd === 1 || options.fd === 2) && this.writable) this._type = handleType(handle);
    if (readable === false) this.push(null);
    if (writable === false) this.end();
    if (options.manualStart !== true && this.readable && readable !== false) {
      if (options.pauseOnCreate) {
        this.readableFlowing = false;
      } else if (!options.manualStart) {
        this.read(0);
      }
    }
  }
  if (signal) addAbortSignal(signal, this);
  this.on('end', onReadableStreamEnd);
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

function handleType(handle) {
  return handle instanceof ops.Tcp ? 'tcp' : 'pipe';
}

// A handle for a descriptor number, of the class that fits it.
function openFd(socket, fd) {
  validateInt32(fd, 'options.fd', 0);
  const type = ops.op_net_fd_type(fd);
  if (type !== 'PIPE' && type !== 'TCP') throw new ERR_INVALID_FD_TYPE(type);
  ensureCallbacks();
  const handle = type === 'TCP' ? new ops.Tcp() : new ops.Pipe();
  const status = handle.open(fd);
  if (status) throw new ErrnoException(status, 'open');
  return handle;
}

function adoptHandle(socket, handle) {
  ensureCallbacks();
  socket[kHandle] = handle;
  handle.setOwner?.(socket);
  socketOpened(socket, handle);
}

// What the user still has of a connection after `end`: without half-open use, the writing side ends too.
function onReadableStreamEnd() {
  if (!this.allowHalfOpen) this.write = writeAfterFIN;
}

function writeAfterFIN(chunk, encoding, cb) {
  if (!this.writableEnded) return Duplex.prototype.write.call(this, chunk, encoding, cb);
  if (typeof encoding === 'function') cb = encoding;
  const err = new Error('This socket has been ended by the other party');
  err.code = 'EPIPE';
  if (typeof cb === 'function') nextTick(cb, err);
  this.destroy(err);
  return false;
}

Object.defineProperties(Socket.prototype, {
  _handle: {
    __proto__: null,
    configurable: true,
    get() {
      return this[kHandle];
    },
    set(handle) {
      this[kHandle] = handle;
    },
  },
  _connecting: {
    __proto__: null,
    configurable: true,
    get() {
      return this.connecting;
    },
  },
  pending: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return !this[kHandle] || this.connecting;
    },
  },
  readyState: {
    __proto__: null,
    configurable: true,
    get() {
      if (this.connecting) return 'opening';
      if (this.readable && this.writable) return 'open';
      if (this.readable && !this.writable) return 'readOnly';
      if (!this.readable && this.writable) return 'writeOnly';
      return 'closed';
    },
  },
  bufferSize: {
    __proto__: null,
    configurable: true,
    get() {
      return this[kHandle] ? this.writableLength : undefined;
    },
  },
  bytesRead: {
    __proto__: null,
    configurable: true,
    get() {
      return this[kHandle] ? this[kHandle].bytesRead : this[kBytesRead];
    },
  },
  bytesWritten: {
    __proto__: null,
    configurable: true,
    get() {
      const handle = this[kHandle];
      let bytes = handle ? handle.bytesWritten + handle.writeQueueSize : this[kBytesWritten];
      const state = this._writableState;
      if (state === undefined) return undefined;
      // What still waits in the stream, as Node counts it.
      for (const { chunk, encoding } of state.getBuffer?.() ?? []) {
        bytes += typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.length;
      }
      if (this._pendingData !== null) {
        const data = this._pendingData;
        if (Array.isArray(data)) {
          for (const piece of data) bytes += byteLengthOf(piece.chunk ?? piece, piece.encoding);
        } else {
          bytes += byteLengthOf(data, this._pendingEncoding);
        }
      }
      return bytes;
    },
  },
  _bytesDispatched: {
    __proto__: null,
    configurable: true,
    get() {
      return this[kHandle] ? this[kHandle].bytesWritten + this[kHandle].writeQueueSize : this[kBytesWritten];
    },
  },
  remoteAddress: { __proto__: null, configurable: true, get() { return this._getpeername().address; } },
  remoteFamily: { __proto__: null, configurable: true, get() { return this._getpeername().family; } },
  remotePort: { __proto__: null, configurable: true, get() { return this._getpeername().port; } },
  localAddress: { __proto__: null, configurable: true, get() { return this._getsockname().address; } },
  localFamily: { __proto__: null, configurable: true, get() { return this._getsockname().family; } },
  localPort: { __proto__: null, configurable: true, get() { return this._getsockname().port; } },
  timeout: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return this[kTimeout];
    },
    set(value) {
      this[kTimeout] = value;
    },
  },
});

function byteLengthOf(chunk, encoding) {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.length;
}

Socket.prototype._getpeername = function() {
  if (!this[kHandle] || !this[kHandle].getpeername || this.connecting) return this._peername || {};
  if (!this._peername) {
    const out = {};
    if (this[kHandle].getpeername(out)) return out;
    this._peername = out;
  }
  return this._peername;
};

Socket.prototype._getsockname = function() {
  if (!this[kHandle] || this[kHandle] instanceof ops.Pipe || !this[kHandle].getsockname) return this._sockname || {};
  if (!this._sockname) {
    const out = {};
    if (this[kHandle].getsockname(out)) return out;
    this._sockname = out;
  }
  return this._sockname;
};

Socket.prototype.address = function() {
  return this._getsockname();
};

Socket.prototype._unrefTimer = function() {
  for (let socket = this; socket !== null && socket !== undefined; socket = socket._parent) {
    if (socket[kTimeoutTimer]) socket[kTimeoutTimer].refresh();
  }
};

Socket.prototype.setTimeout = function(msecs, callback) {
  if (this.destroyed) return this;
  validateNumber(msecs, 'msecs', 0);
  if (!Number.isFinite(msecs)) {
    throw new ERR_OUT_OF_RANGE('msecs', 'a non-negative finite number', msecs);
  }
  this[kTimeout] = msecs;
  clearTimeout(this[kTimeoutTimer]);
  this[kTimeoutTimer] = null;
  if (msecs === 0) {
    if (callback !== undefined) {
      validateFunction(callback, 'callback');
      this.removeListener('timeout', callback);
    }
  } else {
    this[kTimeoutTimer] = setTimeout(this._onTimeout.bind(this), msecs);
    this[kTimeoutTimer].unref();
    if (callback !== undefined) {
      validateFunction(callback, 'callback');
      this.once('timeout', callback);
    }
  }
  return this;
};

Socket.prototype._onTimeout = function() {
  const handle = this[kHandle];
  // A write that makes progress is no silence.
  if (handle && handle.writeQueueSize > 0 && this._lastQueueSize !== handle.writeQueueSize) {
    this._lastQueueSize = handle.writeQueueSize;
    this._unrefTimer();
    return;
  }
  this.emit('timeout');
};

Socket.prototype.setNoDelay = function(enable) {
  enable = Boolean(enable === undefined ? true : enable);
  if (!this[kHandle]) {
    this[kSetNoDelay] = enable;
    return this;
  }
  if (this[kHandle].setNoDelay && enable !== this[kSetNoDelay]) {
    this[kSetNoDelay] = enable;
    this[kHandle].setNoDelay(enable);
  }
  return this;
};

Socket.prototype.setKeepAlive = function(enable, initialDelayMsecs) {
  enable = Boolean(enable);
  const delay = ~~(initialDelayMsecs / 1000);
  if (!this[kHandle]) {
    this[kSetKeepAlive] = enable;
    this[kSetKeepAliveDelay] = delay;
    return this;
  }
  if (this[kHandle].setKeepAlive && (enable !== this[kSetKeepAlive] || (enable && this[kSetKeepAliveDelay] !== delay))) {
    this[kSetKeepAlive] = enable;
    this[kSetKeepAliveDelay] = delay;
    this[kHandle].setKeepAlive(enable, delay);
  }
  return this;
};

Socket.prototype.setTypeOfService = function(tos) {
  validateInt32(tos, 'tos', 0, 255);
  if (!this[kHandle]) {
    this[kSetTos] = tos;
    return this;
  }
  const status = this[kHandle].setTypeOfService?.(tos);
  if (status) throw new ErrnoException(status, 'setTypeOfService');
  return this;
};

Socket.prototype.getTypeOfService = function() {
  if (!this[kHandle]) return this[kSetTos] ?? 0;
  const value = this[kHandle].getTypeOfService?.() ?? 0;
  if (value < 0) throw new ErrnoException(value, 'getTypeOfService');
  return value;
};

Socket.prototype.ref = function() {
  if (!this[kHandle]) {
    this.once('connect', this.ref);
    return this;
  }
  this[kHandle].ref?.();
  return this;
};

Socket.prototype.unref = function() {
  if (!this[kHandle]) {
    this.once('connect', this.unref);
    return this;
  }
  this[kHandle].unref?.();
  return this;
};

// Reading.

function tryReadStart(socket) {
  const status = socket[kHandle].readStart();
  if (status) socket.destroy(new ErrnoException(status, 'read'));
}

Socket.prototype._read = function(n) {
  if (this.connecting || !this[kHandle]) {
    this.once('connect', () => this._read(n));
  } else if (!this[kHandle].reading) {
    tryReadStart(this);
  }
};

Socket.prototype.pause = function() {
  if (this[kUserBuffer] && !this.connecting && this[kHandle]?.reading) this[kHandle].readStop();
  return Duplex.prototype.pause.call(this);
};

Socket.prototype.resume = function() {
  if (this[kUserBuffer] && !this.connecting && this[kHandle] && !this[kHandle].reading) tryReadStart(this);
  return Duplex.prototype.resume.call(this);
};

Socket.prototype.read = function(n) {
  if (this[kUserBuffer] && !this.connecting && this[kHandle] && !this[kHandle].reading) tryReadStart(this);
  return Duplex.prototype.read.call(this, n);
};

Socket.prototype[kRead] = function(status, buffer) {
  if (this[kTimeoutTimer] !== null) this._unrefTimer();
  if (status > 0) {
    if (this.destroyed) return;
    if (this[kUserBuffer]) {
      deliverToUserBuffer(this, new Uint8Array(buffer));
      return;
    }
    const more = this.push(Buffer.from(buffer));
    if (!more && this[kHandle]) this[kHandle].readStop();
    return;
  }
  if (status !== UV_EOF) {
    this.destroy(new ErrnoException(status, 'read'));
    return;
  }
  if (this._readableState.endEmitted) {
    if (this._readableState.ended && !this.destroyed && this.writableFinished) this.destroy();
    return;
  }
  this.push(null);
  // Without a reader the end would never be seen.
  this.read(0);
};

function deliverToUserBuffer(socket, bytes) {
  for (let offset = 0; offset < bytes.length;) {
    const target = socket[kUserBuffer];
    const piece = bytes.subarray(offset, offset + target.length);
    target.set(piece);
    offset += piece.length;
    const goOn = socket[kUserBufferFn].callback(piece.length, target) !== false;
    if (typeof socket[kUserBufferFn].buffer === 'function') socket[kUserBuffer] = socket[kUserBufferFn].buffer();
    if (!goOn && socket[kHandle]) socket[kHandle].readStop();
  }
}

// Writing.

Socket.prototype._writeGeneric = function(writev, data, encoding, cb) {
  if (this.connecting) {
    this._pendingData = data;
    this._pendingEncoding = encoding;
    const onClose = () => cb(new ERR_SOCKET_CLOSED());
    this.once('connect', () => {
      this.off('close', onClose);
      this._writeGeneric(writev, data, encoding, cb);
    });
    this.once('close', onClose);
    return;
  }
  this._pendingData = null;
  this._pendingEncoding = '';
  const handle = this[kHandle];
  if (!handle) {
    cb(new ERR_SOCKET_CLOSED());
    return;
  }
  if (this[kTimeoutTimer] !== null) this._unrefTimer();
  let status;
  if (writev) status = handle.writev(data.map(toBytes));
  else if (typeof data !== 'string') status = handle.writeBuffer(data);
  else if (encoding === 'utf8' || encoding === 'utf-8') status = handle.writeUtf8(data);
  else status = handle.writeBuffer(Buffer.from(data, encoding));
  if (status === 0) {
    cb();
  } else if (status < 0) {
    cb(new ErrnoException(status, 'write'));
  } else {
    this[kWriteCallback] = cb;
    this._lastQueueSize = handle.writeQueueSize;
  }
};

function toBytes(piece) {
  const chunk = piece.chunk ?? piece;
  return typeof chunk === 'string' ? Buffer.from(chunk, piece.encoding) : chunk;
}

Socket.prototype._write = function(data, encoding, cb) {
  this._writeGeneric(false, data, encoding, cb);
};

Socket.prototype._writev = function(chunks, cb) {
  this._writeGeneric(true, chunks, '', cb);
};

Socket.prototype[kWritten] = function(status) {
  const cb = this[kWriteCallback];
  this[kWriteCallback] = null;
  if (this[kTimeoutTimer] !== null) this._unrefTimer();
  cb?.(status < 0 ? new ErrnoException(status, 'write') : null);
};

Socket.prototype._final = function(cb) {
  if (this.connecting) {
    this.once('connect', () => this._final(cb));
    return;
  }
  if (!this[kHandle]) {
    cb();
    return;
  }
  const status = this[kHandle].shutdown();
  if (status === 0 || status === UV_ENOTCONN) nextTick(cb);
  else nextTick(cb, new ErrnoException(status, 'shutdown'));
};

Socket.prototype.end = function(data, encoding, callback) {
  Duplex.prototype.end.call(this, data, encoding, callback);
  return this;
};

// Ending.

Socket.prototype.destroySoon = function() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};

Socket.prototype._destroy = function(exception, cb) {
  this.connecting = false;
  for (let socket = this; socket !== null && socket !== undefined; socket = socket._parent) {
    clearTimeout(socket[kTimeoutTimer]);
    socket[kTimeoutTimer] = null;
  }
  const handle = this[kHandle];
  if (handle) {
    const isException = Boolean(exception);
    this[kBytesRead] = handle.bytesRead;
    this[kBytesWritten] = handle.bytesWritten + handle.writeQueueSize;
    this[kHandle] = null;
    socketClosed(this);
    if (this.resetAndClosing) {
      this.resetAndClosing = false;
      const status = handle.reset ? handle.reset() : (handle.close(), 0);
      if (status) this.emit('error', new ErrnoException(status, 'reset'));
    } else {
      handle.close();
    }
    this[kWriteCallback] = null;
    // As libuv's close callback: in a later turn, after what this one still has to say.
    setImmediate(() => this.emit('close', isException));
    cb(exception);
  } else {
    cb(exception);
    nextTick(emitCloseNT, this);
  }
  if (this._server) {
    this._server._connections--;
    this._server._handle?.connectionClosed?.();
    this._server._emitCloseIfDrained?.();
  }
};

function emitCloseNT(socket) {
  socket.emit('close', false);
}

Socket.prototype.resetAndDestroy = function() {
  const handle = this[kHandle];
  if (!handle) {
    this.destroy(new ERR_SOCKET_CLOSED());
    return this;
  }
  if (!(handle instanceof ops.Tcp)) {
    throw new ERR_INVALID_HANDLE_TYPE();
  }
  this.resetAndClosing = true;
  if (this.connecting) {
    this.once('connect', () => this.destroy());
    return this;
  }
  return this.destroy();
};

Socket.prototype._reset = function() {
  this.resetAndClosing = true;
  return this.destroy();
};

// Connecting: connect.js has the work.

Socket.prototype.connect = function(...args) {
  const normalized = isNormalized(args[0]) ? args[0] : normalizeArgs(args);
  return connect(this, normalized[0], normalized[1]);
};

Socket.prototype[kConnected] = function(status) {
  const done = this[kConnectDone];
  this[kConnectDone] = null;
  done?.(status);
};

let connect;
function setConnect(implementation) {
  connect = implementation;
}

module.exports = {
  Socket,
  adoptHandle,
  kConnectDone,
  kHandle,
  kSetKeepAlive,
  kSetKeepAliveDelay,
  kSetNoDelay,
  kSetTos,
  setConnect,
};

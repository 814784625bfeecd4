'use strict';
// net.Socket: a Duplex over a native stream handle. Making connections is connect.js's, accepting them server.js's; addresses, counters and settings
// are in socket_properties.js.

const { Duplex, addAbortSignal } = require('stream');
const { Buffer } = require('buffer');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_HANDLE_TYPE, ERR_SOCKET_CLOSED, ERR_SOCKET_CLOSED_BEFORE_CONNECTION },
  ErrnoException,
  LoopErrnoException,
  genericNodeError,
} = require('internal/errors');
const { symbols: { context_symbol } } = require('internal/async_hooks');
const { validateAbortSignal, validateNumber } = require('internal/validators');
const { clearTimeout } = require('timers');
const { nextTick, queueMicrotask } = require('internal/process/task_queues');
const {
  closed, describeOwners, disowned, ensurePump, kOnClosed, kOnConnected, kOnRead, kOnReadEnd, kOnUserRead, kOnWritten, own,
} = require('internal/net/pump');
const { BlockList } = require('internal/net/block_list');
const { isNormalized, normalizeArgs, refuseObjectMode } = require('internal/net/options');
const { isIP } = require('internal/net/ip');
const { openFd } = require('internal/net/open_fd');
const { defineForward, isFlowing, isIdle, kNotWritten, kWriteStatus, noteData } = require('internal/net/shortcuts');
const { defineSocketProperties, symbols } = require('internal/net/socket_properties');

const {
  kBorrower, kBytesRead, kBytesWritten, kHandle, kLastQueueSize, kSetKeepAlive, kSetKeepAliveDelay, kSetNoDelay, kTimeout,
} = symbols;

const UV_EOF = -4095;
const UV_ENOTCONN = -107;
const UV_ECANCELED = -125;

const kUserBuffer = Symbol('kUserBuffer');
const kUserBufferMaker = Symbol('kUserBufferMaker');
const kUserCallback = Symbol('kUserCallback');
const kWriteCallback = Symbol('kWriteCallback');
const kConnectDone = Symbol('kConnectDone');

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  if (typeof options === 'number') options = { fd: options };
  else options = { ...options };
  refuseObjectMode(options);
  if (options.keepAliveInitialDelay !== undefined) {
    validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    if (options.keepAliveInitialDelay < 0) options.keepAliveInitialDelay = 0;
  }
  const { signal } = options;
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  if (options.blockList) {
    if (!BlockList.isBlockList(options.blockList)) {
      throw new ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', options.blockList);
    }
    this.blockList = options.blockList;
  }
  const handle = options.handle ?? (options.fd !== undefined ? openFd(options.fd) : null);

  this.connecting = false;
  this._hadError = false;
  this._parent = null;
  this._host = null;
  this._sockname = undefined;
  this._closeAfterHandlingError = false;
  this._pendingData = null;
  this._pendingEncoding = '';
  this.server = null;
  this._server = null;
  this[kHandle] = null;
  this[kTimeout] = null;
  this[kLastQueueSize] = 0;
  this[kWriteCallback] = null;
  this[kWriteStatus] = kNotWritten;
  this[kConnectDone] = null;
  this[kBytesRead] = 0;
  this[kBytesWritten] = 0;
  this[kSetNoDelay] = Boolean(options.noDelay);
  this[kSetKeepAlive] = Boolean(options.keepAlive);
  this[kSetKeepAliveDelay] = ~~(options.keepAliveInitialDelay / 1000);
  this[kUserBuffer] = null;
  this[kUserBufferMaker] = null;
  this[kUserCallback] = null;

  options.emitClose = false;
  options.autoDestroy = true;
  options.decodeStrings = false;
  options.allowHalfOpen = Boolean(options.allowHalfOpen);
  options.handle = undefined;
  options.signal = undefined;
  Duplex.call(this, options);

  const { onread } = options;
  if (onread !== null && typeof onread === 'object' && typeof onread.callback === 'function' &&
      (onread.buffer instanceof Uint8Array || typeof onread.buffer === 'function')) {
    if (typeof onread.buffer === 'function') {
      this[kUserBuffer] = onread.buffer();
      this[kUserBufferMaker] = onread.buffer;
    } else {
      this[kUserBuffer] = onread.buffer;
    }
    this[kUserCallback] = onread.callback;
  }
  this.on('end', onReadableStreamEnd);
  if (handle) {
    setHandle(this, handle);
    if (options.readable !== false) {
      if (options.pauseOnCreate) {
        handle.readStop?.();
        this.readableFlowing = false;
      } else if (!options.manualStart) {
        this.read(0);
      }
    }
  }
  if (signal) addAbortSignal(signal, this);
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);
defineSocketProperties(Socket.prototype);

describeOwners((object) => {
  if (!(object instanceof Socket)) return undefined;
  return object[kHandle] instanceof ops.Pipe ? 'PipeSocketWrap' : 'TCPSocketWrap';
});

// The socket's events come from this handle from now on.
function setHandle(socket, handle) {
  socket[kHandle] = handle;
  socket._sockname = undefined;
  own(socket, handle, handle instanceof ops.Pipe ? 'PIPEWRAP' : 'TCPWRAP');
  if (socket[kUserBuffer] !== null) handle.useUserBuffer(socket[kUserBuffer]);
}

// A connection was there before anybody was told: what it brings belongs to no async context.
function setAcceptedContext(socket) {
  socket[context_symbol] = undefined;
}

// What the user still has of a connection after `end`: without half-open use, the writing side ends too.
function onReadableStreamEnd() {
  if (!this.allowHalfOpen) this.write = writeAfterFIN;
}

function writeAfterFIN(chunk, encoding, cb) {
  if (!this.writableEnded) return Duplex.prototype.write.call(this, chunk, encoding, cb);
  if (typeof encoding === 'function') cb = encoding;
  const err = genericNodeError('This socket has been ended by the other party', { code: 'EPIPE' });
  if (typeof cb === 'function') nextTick(cb, err);
  this.destroy(err);
  return false;
}

// ---------------------------------------------------------------------------
// Reading

function tryReadStart(socket) {
  const status = socket[kHandle].readStart();
  if (status) socket.destroy(new ErrnoException(status, 'read'));
}

function tryReadStop(socket) {
  if (socket.destroyed) return;
  const status = socket[kHandle].readStop();
  if (status) socket.destroy(new ErrnoException(status, 'read'));
}

Socket.prototype._read = function(n) {
  if (this.connecting || !this[kHandle]) {
    // Who intercepts it may have given it a handle of another socket's, whose data is to be pushed.
    if (this.connecting || !this._handle) this.once('connect', () => this._read(n));
  } else if (!this[kHandle].reading) {
    tryReadStart(this);
  }
};

// With a buffer of the user's there is none of the stream's that could fill up: reading itself stops and starts.
Socket.prototype.pause = function() {
  if (this[kUserBuffer] && !this.connecting && this[kHandle]?.reading) tryReadStop(this);
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

Socket.prototype[kOnRead] = function(buffer) {
  if (this[kHandle] === null) return;
  if (this[kTimeout] !== null) this._unrefTimer();
  if (isFlowing(this)) {
    // What push() would come to. As the socket goes on reading by itself, the stream need not ask for more.
    noteData(this);
    this.emit('data', buffer);
    return;
  }
  if (!this.push(buffer) && this[kHandle]) tryReadStop(this);
};

Socket.prototype[kOnUserRead] = function(count) {
  if (this[kHandle] === null) return;
  if (this[kTimeout] !== null) this._unrefTimer();
  const buffer = this[kUserBuffer];
  const more = this[kUserCallback](count, buffer);
  if (!this[kHandle]) return;
  if (this[kUserBufferMaker] !== null) {
    this[kUserBuffer] = this[kUserBufferMaker]();
    this[kHandle].useUserBuffer(this[kUserBuffer]);
  }
  if (more === false) tryReadStop(this);
};

Socket.prototype[kOnReadEnd] = function(status) {
  if (this[kHandle] === null) return;
  if (this[kTimeout] !== null) this._unrefTimer();
  if (status !== UV_EOF) {
    this.destroy(new LoopErrnoException(status, 'read'));
    return;
  }
  if (this._readableState.endEmitted) return;
  this.push(null);
  // Without a reader the end would never be seen.
  this.read(0);
};

// ---------------------------------------------------------------------------
// Writing

// What most writes are, nothing being under way, is one call into Rust. All others take the stream's own way.
function writeChunk(chunk, encoding, cb) {
  if (cb === undefined && isIdle(this) && this._writeGeneric === writeGeneric && this._write === write) {
    let status = kNotWritten;
    if (chunk instanceof Buffer) {
      if (typeof encoding !== 'function') status = this[kHandle].writeBuffer(chunk);
    } else if (typeof chunk === 'string' && (encoding === undefined || encoding === null)) {
      if (this._writableState.defaultEncoding === 'utf8') status = this[kHandle].writeUtf8(chunk);
    }
    if (status === 0) {
      if (this[kTimeout] !== null) this._unrefTimer();
      return true;
    }
    this[kWriteStatus] = status;
  }
  return Duplex.prototype.write.call(this, chunk, encoding, cb);
}
Socket.prototype.write = writeChunk;

defineForward(Socket, (socket) => socket.write === writeChunk && socket._writeGeneric === writeGeneric && socket._write === write);

// Hands the bytes to the kernel. 0 when they are written, 1 when an event will say so, or a negative errno.
function dispatch(handle, data, encoding) {
  if (typeof data !== 'string') return handle.writeBuffer(data);
  switch (encoding) {
    case 'utf8':
    case 'utf-8':
      return handle.writeUtf8(data);
    case 'latin1':
    case 'binary':
      return handle.writeLatin1(data);
    default:
      return handle.writeBuffer(Buffer.from(data, encoding));
  }
}

function dispatchAll(handle, chunks) {
  const views = new Array(chunks.length);
  for (let i = 0; i < chunks.length; i++) {
    const { chunk, encoding } = chunks[i];
    views[i] = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
  }
  return handle.writev(views);
}

function writeGeneric(writev, data, encoding, cb) {
  const ahead = this[kWriteStatus];
  this[kWriteStatus] = kNotWritten;
  if (this.connecting) {
    this._pendingData = data;
    this._pendingEncoding = encoding;
    const onClose = () => cb(new ERR_SOCKET_CLOSED_BEFORE_CONNECTION());
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
  if (this[kTimeout] !== null) this._unrefTimer();
  const status = ahead !== kNotWritten ? ahead : writev ? dispatchAll(handle, data) : dispatch(handle, data, encoding);
  if (status === 0) {
    cb();
  } else if (status < 0) {
    cb(new ErrnoException(status, 'write'));
  } else {
    this[kWriteCallback] = cb;
    this[kLastQueueSize] = handle.writeQueueSize;
  }
}
Socket.prototype._writeGeneric = writeGeneric;

function write(data, encoding, cb) {
  this._writeGeneric(false, data, encoding, cb);
}
Socket.prototype._write = write;

Socket.prototype._writev = function(chunks, cb) {
  this._writeGeneric(true, chunks, '', cb);
};

Socket.prototype[kOnWritten] = function(status) {
  const cb = this[kWriteCallback];
  this[kWriteCallback] = null;
  this[kLastQueueSize] = 0;
  if (cb === null) this[kBorrower]?.[kOnWritten](status);
  if (this.destroyed || cb === null) return;
  if (this[kTimeout] !== null) this._unrefTimer();
  cb(status < 0 ? new LoopErrnoException(status, 'write') : null);
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
  if (status === 0) nextTick(cb);
  else if (status === UV_ENOTCONN) cb();
  else cb(new ErrnoException(status, 'shutdown'));
};

Socket.prototype.end = function(data, encoding, callback) {
  Duplex.prototype.end.call(this, data, encoding, callback);
  return this;
};

// ---------------------------------------------------------------------------
// Ending

Socket.prototype.destroySoon = function() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};

Socket.prototype._destroy = function(exception, cb) {
  this.connecting = false;
  for (let socket = this; socket !== null && socket !== undefined; socket = socket._parent) {
    clearTimeout(socket[kTimeout]);
    socket[kTimeout] = null;
  }
  const handle = this[kHandle];
  if (handle) {
    this[kBytesRead] = handle.bytesRead;
    this[kBytesWritten] = handle.bytesWritten + handle.writeQueueSize;
    if (this._closeAfterHandlingError && !this.resetAndClosing) {
      // Whoever handles the error may still want the handle.
      queueMicrotask(() => closeHandle(this, handle, exception));
    } else {
      closeHandle(this, handle, exception);
    }
    cb(exception);
  } else {
    cb(exception);
    nextTick(emitClose, this, false);
  }
  const server = this._server;
  if (server) {
    server._connections--;
    server._handle?.connectionClosed?.();
    server._emitCloseIfDrained?.();
  }
};

function closeHandle(socket, handle, exception) {
  socket[kHandle] = null;
  socket._sockname = undefined;
  if (socket.resetAndClosing) {
    socket.resetAndClosing = false;
    const status = handle.reset ? handle.reset() : (handle.close(), 0);
    if (status) socket.emit('error', new ErrnoException(status, 'reset'));
  } else {
    handle.close();
  }
  closed(socket, Boolean(exception));
}

Socket.prototype[kOnClosed] = function(hadError) {
  // A write that was under way has ended with the handle.
  const cb = this[kWriteCallback];
  this[kWriteCallback] = null;
  if (cb !== null) cb(new ErrnoException(UV_ECANCELED, 'write'));
  this.emit('close', hadError);
};

function emitClose(socket, hadError) {
  socket.emit('close', hadError);
}

Socket.prototype.resetAndDestroy = function() {
  const handle = this[kHandle];
  if (!handle) {
    this.destroy(new ERR_SOCKET_CLOSED());
    return this;
  }
  if (!(handle instanceof ops.Tcp) && !handle.resets) throw new ERR_INVALID_HANDLE_TYPE();
  if (this.connecting) this.once('connect', () => this._reset());
  else this._reset();
  return this;
};

Socket.prototype._reset = function() {
  this.resetAndClosing = true;
  return this.destroy();
};

// ---------------------------------------------------------------------------
// Connecting: connect.js has the work.

Socket.prototype.connect = function(...args) {
  const normalized = isNormalized(args[0]) ? args[0] : normalizeArgs(args);
  return connect(this, normalized[0], normalized[1]);
};

Socket.prototype[kOnConnected] = function(status) {
  const done = this[kConnectDone];
  this[kConnectDone] = null;
  done?.(status);
};

// A socket that was closed and is to be used again.
function reopen(socket) {
  socket._undestroy();
  socket[kHandle] = null;
  socket._peername = undefined;
  socket[symbols.kPeer] = undefined;
  socket._sockname = undefined;
}

// Gives the socket another handle, the first having failed.
function replaceHandle(socket, handle) {
  const old = socket[kHandle];
  if (old) {
    if (old.hasRef() === false) handle.unref();
    old.close();
    disowned(socket);
  }
  setHandle(socket, handle);
}

// Starts connecting. Programs that intercept connections put a method of their own on the handle; it gets what Node's handles get, a request first,
// and ends it by `oncomplete(status, handle, request, readable, writable)`. 0 or a negative errno.
function startConnecting(socket, handle, address, port) {
  if (!Object.hasOwn(handle, 'connect')) return port === undefined ? handle.connect(address) : handle.connect(address, port);
  const request = { address, port, oncomplete: (status) => socket[kOnConnected](status) };
  const { connect } = isIP(address) === 6 && Object.hasOwn(handle, 'connect6') ? { connect: handle.connect6 } : handle;
  return Reflect.apply(connect, handle, port === undefined ? [request, address] : [request, address, port]) || 0;
}

// Whether a program has put itself between the socket and its handle.
function isIntercepted(socket) {
  return socket._writeGeneric !== writeGeneric || socket.write !== writeChunk;
}

let connect;
function setConnect(implementation) {
  connect = implementation;
}

module.exports = {
  Socket,
  ensurePump,
  isIntercepted,
  kConnectDone,
  kHandle,
  kUserBuffer,
  reopen,
  replaceHandle,
  setAcceptedContext,
  setConnect,
  setHandle,
  startConnecting,
};

'use strict';
// What a net.Socket has beside its stream: addresses, counters, settings of the connection, the timeout.

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE }, ErrnoException } = require('internal/errors');
const { validateFunction, validateInt32 } = require('internal/validators');
const { getTimerDuration } = require('internal/timers');
const { clearTimeout, setTimeout } = require('timers');
const { ownerOf } = require('internal/net/pump');

const kHandle = Symbol('kHandle');
// The socket that has taken this one's handle for its own as well.
const kBorrower = Symbol('kBorrower');
const kTimeout = Symbol('timeout');
// Whom a connection was made to.
const kPeer = Symbol('kPeer');
const kLastQueueSize = Symbol('lastWriteQueueSize');
const kBytesRead = Symbol('kBytesRead');
const kBytesWritten = Symbol('kBytesWritten');
const kSetNoDelay = Symbol('kSetNoDelay');
const kSetKeepAlive = Symbol('kSetKeepAlive');
const kSetKeepAliveDelay = Symbol('kSetKeepAliveInitialDelay');
const kSetTos = Symbol('kSetTOS');

const getters = {
  _connecting() {
    return this.connecting;
  },
  bufferSize() {
    return this[kHandle] ? this.writableLength : undefined;
  },
  bytesRead() {
    return this[kHandle] ? this[kHandle].bytesRead : this[kBytesRead];
  },
  // With what still waits in the stream.
  bytesWritten() {
    let bytes = this._bytesDispatched;
    const waiting = this.writableBuffer;
    if (!waiting) return undefined;
    for (const { chunk, encoding } of waiting) bytes += lengthOf(chunk, encoding);
    const data = this._pendingData;
    if (Array.isArray(data)) {
      for (const { chunk, encoding } of data) bytes += lengthOf(chunk, encoding);
    } else if (data !== null) {
      bytes += lengthOf(data, this._pendingEncoding);
    }
    return bytes;
  },
  _bytesDispatched() {
    const handle = this[kHandle];
    return handle ? handle.bytesWritten + handle.writeQueueSize : this[kBytesWritten];
  },
  localAddress() {
    return this._getsockname().address;
  },
  localFamily() {
    return this._getsockname().family;
  },
  localPort() {
    return this._getsockname().port;
  },
  pending() {
    return !this[kHandle] || this.connecting;
  },
  readyState() {
    if (this.connecting) return 'opening';
    if (this.readable && this.writable) return 'open';
    if (this.readable) return 'readOnly';
    return this.writable ? 'writeOnly' : 'closed';
  },
  remoteAddress() {
    return this._getpeername().address;
  },
  remoteFamily() {
    return this._getpeername().family;
  },
  remotePort() {
    return this._getpeername().port;
  },
};

const hidden = ['_connecting', 'bufferSize', 'readyState'];

function lengthOf(chunk, encoding) {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.length;
}

const methods = {
  _getpeername() {
    const handle = this[kHandle];
    if (!handle?.getpeername || this.connecting) return this._peername || {};
    if (!this._peername) {
      const out = {};
      // The system forgets who it was when both sides have ended, which may be before anybody has asked.
      this._peername = handle.getpeername(out) ? this[kPeer] ?? out : out;
    }
    return this._peername;
  },

  _getsockname() {
    const handle = this[kHandle];
    // A unix socket has a path and no address.
    if (!handle?.getsockname || handle instanceof ops.Pipe) return {};
    if (!this._sockname) {
      const out = {};
      if (handle.getsockname(out)) return out;
      this._sockname = out;
    }
    return this._sockname;
  },

  address() {
    return this._getsockname();
  },

  _unrefTimer() {
    for (let socket = this; socket !== null && socket !== undefined; socket = socket._parent) {
      if (socket[kTimeout]) socket[kTimeout].refresh();
    }
  },

  setTimeout(msecs, callback) {
    if (this.destroyed) return this;
    this.timeout = msecs;
    msecs = getTimerDuration(msecs, 'msecs');
    clearTimeout(this[kTimeout]);
    this[kTimeout] = null;
    if (callback !== undefined) validateFunction(callback, 'callback');
    if (msecs === 0) {
      if (callback !== undefined) this.removeListener('timeout', callback);
    } else {
      this[kTimeout] = setTimeout(this._onTimeout.bind(this), msecs);
      this[kTimeout].unref();
      if (callback !== undefined) this.once('timeout', callback);
    }
    return this;
  },

  _onTimeout() {
    const handle = this[kHandle];
    // Somebody else moves the bytes.
    const left = handle?.idleTime ? this.timeout - handle.idleTime() : 0;
    if (left > 1) {
      this[kTimeout] = setTimeout(this._onTimeout.bind(this), left);
      this[kTimeout].unref();
      return;
    }
    // A write that makes progress is no silence.
    if (handle && this[kLastQueueSize] > 0 && this[kLastQueueSize] !== handle.writeQueueSize) {
      this[kLastQueueSize] = handle.writeQueueSize;
      this._unrefTimer();
      return;
    }
    this.emit('timeout');
  },

  setNoDelay(enable) {
    enable = Boolean(enable === undefined ? true : enable);
    const handle = this[kHandle];
    if (!handle) {
      this[kSetNoDelay] = enable;
    } else if (handle.setNoDelay && enable !== this[kSetNoDelay]) {
      this[kSetNoDelay] = enable;
      handle.setNoDelay(enable);
    }
    return this;
  },

  setKeepAlive(enable, initialDelayMsecs) {
    enable = Boolean(enable);
    const delay = ~~(initialDelayMsecs / 1000);
    const handle = this[kHandle];
    if (!handle) {
      this[kSetKeepAlive] = enable;
      this[kSetKeepAliveDelay] = delay;
    } else if (handle.setKeepAlive && (enable !== this[kSetKeepAlive] || (enable && this[kSetKeepAliveDelay] !== delay))) {
      this[kSetKeepAlive] = enable;
      this[kSetKeepAliveDelay] = delay;
      handle.setKeepAlive(enable, delay);
    }
    return this;
  },

  setTypeOfService(tos) {
    if (Number.isNaN(tos)) throw new ERR_INVALID_ARG_TYPE('tos', 'number', tos);
    validateInt32(tos, 'tos', 0, 255);
    const handle = this[kHandle];
    if (!handle) {
      this[kSetTos] = tos;
      return this;
    }
    if (handle.setTypeOfService && tos !== this[kSetTos]) {
      this[kSetTos] = tos;
      const status = handle.setTypeOfService(tos);
      if (status) throw new ErrnoException(status, 'setTypeOfService');
    }
    return this;
  },

  getTypeOfService() {
    const handle = this[kHandle];
    if (!handle) return this[kSetTos] ?? 0;
    if (!handle.getTypeOfService) return this[kSetTos] ?? 0;
    const value = handle.getTypeOfService();
    if (value < 0) throw new ErrnoException(value, 'getTypeOfService');
    return value;
  },

  ref() {
    if (!this[kHandle]) this.once('connect', this.ref);
    else this[kHandle].ref?.();
    return this;
  },

  unref() {
    if (!this[kHandle]) this.once('connect', this.unref);
    else this[kHandle].unref?.();
    return this;
  },
};

// The settings that were made before there was a connection.
function applySettings(socket) {
  const handle = socket[kHandle];
  if (socket[kSetNoDelay] && handle.setNoDelay) handle.setNoDelay(true);
  if (socket[kSetKeepAlive] && handle.setKeepAlive) handle.setKeepAlive(true, socket[kSetKeepAliveDelay]);
  if (socket[kSetTos] !== undefined && handle.setTypeOfService) handle.setTypeOfService(socket[kSetTos]);
}

function defineSocketProperties(prototype) {
  for (const [name, value] of Object.entries(methods)) prototype[name] = value;
  for (const [name, get] of Object.entries(getters)) {
    const enumerable = !hidden.includes(name);
    Object.defineProperty(prototype, name, { __proto__: null, configurable: true, enumerable, get });
  }
  Object.defineProperty(prototype, '_handle', {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      return this[kHandle];
    },
    set(handle) {
      this[kHandle] = handle;
      const owner = handle ? ownerOf(handle) : undefined;
      if (owner !== undefined && owner !== this) owner[kBorrower] = this;
    },
  });
}

module.exports = {
  applySettings,
  defineSocketProperties,
  symbols: {
    kBorrower, kBytesRead, kBytesWritten, kHandle, kLastQueueSize, kPeer, kSetKeepAlive, kSetKeepAliveDelay, kSetNoDelay, kSetTos, kTimeout,
  },
};

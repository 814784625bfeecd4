'use strict';
// http.IncomingMessage: a request on the server, a response on the client. Whatever it shows is made when somebody looks.

const { Readable } = require('stream');
const { Buffer } = require('buffer');
const { ConnResetException } = require('internal/errors');
const { nextTick } = require('internal/process/task_queues');
const { REQUEST_BODY, REQUEST_HTTP_1_1 } = require('internal/http/flags');

const UV_EOF = -4095;

const kExchange = Symbol('kExchange');
const kFlags = Symbol('kFlags');
const kState = Symbol('kState');
const kUrl = Symbol('kUrl');
const kMethod = Symbol('kMethod');
const kRawHeaders = Symbol('kRawHeaders');
const kHeaders = Symbol('kHeaders');
const kHeadersDistinct = Symbol('kHeadersDistinct');
const kTrailers = Symbol('kTrailers');
const kTrailersDistinct = Symbol('kTrailersDistinct');
const kRawTrailers = Symbol('kRawTrailers');
const kSocket = Symbol('kSocket');
const kMakeSocket = Symbol('kMakeSocket');
const kBody = Symbol('kBody');

// `exchange` is native; a message made by a user has a socket instead.
function IncomingMessage(socketOrExchange, flags = REQUEST_HTTP_1_1) {
  const native = socketOrExchange !== null && typeof socketOrExchange === 'object' && socketOrExchange instanceof ops.HttpExchange;
  this._events = undefined;
  this._eventsCount = 0;
  this._maxListeners = undefined;
  this[kExchange] = native ? socketOrExchange : null;
  this[kFlags] = flags;
  this[kState] = undefined;
  this[kUrl] = native ? undefined : '';
  this[kMethod] = native ? undefined : null;
  this[kRawHeaders] = native ? undefined : [];
  this[kHeaders] = null;
  this[kSocket] = native ? undefined : socketOrExchange;
  this.complete = false;
  this.aborted = false;
  this.upgrade = null;
  this.statusCode = null;
  this.statusMessage = null;
  this.joinDuplicateHeaders = false;
  this._dumped = false;
  this._consumed = false;
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

// The stream's own state, on first use: most requests are answered without anybody reading them.
const states = new WeakSet();
function ensureState(message) {
  if (message[kState] === undefined && !states.has(message)) {
    states.add(message);
    const events = message._events;
    const count = message._eventsCount;
    Readable.call(message, { autoDestroy: true, highWaterMark: message[kSocket]?.readableHighWaterMark });
    if (events !== undefined) {
      message._events = events;
      message._eventsCount = count;
    }
    states.delete(message);
  }
  return message[kState];
}

function lazy(symbol, make) {
  return {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return (this[symbol] ??= make(this));
    },
    set(value) {
      this[symbol] = value;
    },
  };
}

Object.defineProperties(IncomingMessage.prototype, {
  _readableState: {
    __proto__: null,
    configurable: true,
    get() {
      return ensureState(this);
    },
    set(state) {
      this[kState] = state;
    },
  },
  url: lazy(kUrl, (message) => message[kExchange].url),
  method: lazy(kMethod, (message) => message[kExchange]?.method ?? null),
  rawHeaders: lazy(kRawHeaders, (message) => message[kExchange].rawHeaders),
  headers: lazy(kHeaders, (message) => {
    const headers = {};
    const raw = message.rawHeaders;
    for (let i = 0; i < raw.length; i += 2) message._addHeaderLine(raw[i], raw[i + 1], headers);
    return headers;
  }),
  headersDistinct: lazy(kHeadersDistinct, (message) => distinct(message.rawHeaders)),
  rawTrailers: lazy(kRawTrailers, () => []),
  trailers: lazy(kTrailers, (message) => {
    const trailers = {};
    const raw = message.rawTrailers;
    for (let i = 0; i < raw.length; i += 2) message._addHeaderLine(raw[i], raw[i + 1], trailers);
    return trailers;
  }),
  trailersDistinct: lazy(kTrailersDistinct, (message) => distinct(message.rawTrailers)),
  socket: lazy(kSocket, (message) => message[kMakeSocket]?.() ?? null),
  connection: {
    __proto__: null,
    configurable: true,
    get() {
      return this.socket;
    },
    set(value) {
      this.socket = value;
    },
  },
  httpVersionMajor: { __proto__: null, configurable: true, enumerable: true, writable: true, value: 1 },
  httpVersionMinor: lazy(Symbol('kMinor'), (message) => ((message[kFlags] & REQUEST_HTTP_1_1) !== 0 ? 1 : 0)),
  httpVersion: lazy(Symbol('kVersion'), (message) => `${message.httpVersionMajor}.${message.httpVersionMinor}`),
});

function distinct(raw) {
  const out = { __proto__: null };
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i].toLowerCase();
    (out[name] ??= []).push(raw[i + 1]);
  }
  return out;
}

// The first of these counts, later ones are dropped.
const SINGLE = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent',
]);

IncomingMessage.prototype._addHeaderLine = function(name, value, target) {
  const key = name.toLowerCase();
  if (key === 'set-cookie') {
    if (target[key] !== undefined) target[key].push(value);
    else target[key] = [value];
  } else if (key === 'cookie') {
    target[key] = target[key] === undefined ? value : `${target[key]}; ${value}`;
  } else if (SINGLE.has(key) && !this.joinDuplicateHeaders) {
    target[key] ??= value;
  } else {
    target[key] = target[key] === undefined ? value : `${target[key]}, ${value}`;
  }
};

IncomingMessage.prototype._addHeaderLines = function(headers, count) {
  if (!headers || headers.length === 0) return;
  if (this.complete) {
    this[kRawTrailers] = headers;
    this[kTrailers] = null;
  } else {
    this[kRawHeaders] = headers;
    this[kHeaders] = null;
  }
};

IncomingMessage.prototype.setTimeout = function(msecs, callback) {
  if (callback) this.on('timeout', callback);
  this.socket?.setTimeout(msecs);
  return this;
};

IncomingMessage.prototype._read = function() {
  if (!this._consumed) this._consumed = true;
  const exchange = this[kExchange];
  if (exchange === null) return;
  if ((this[kFlags] & REQUEST_BODY) === 0) {
    this.complete = true;
    this.push(null);
  } else {
    exchange.readStart();
  }
};

// A piece of the body, its end, or what went wrong.
IncomingMessage.prototype[kBody] = function(status, buffer) {
  if (status > 0) {
    if (!this._dumped && !this.push(Buffer.from(buffer))) this[kExchange].readStop();
  } else if (status === UV_EOF) {
    this.complete = true;
    this.push(null);
  } else {
    this.aborted = true;
    this.emit('aborted');
    this.destroy(new ConnResetException('aborted'));
  }
};

IncomingMessage.prototype._destroy = function(err, cb) {
  const exchange = this[kExchange];
  if (!this.readableEnded || !this.complete) {
    if (exchange !== null && (this[kFlags] & REQUEST_BODY) !== 0 && !this.complete) {
      this.aborted = true;
      this.emit('aborted');
      exchange.abort();
    }
  }
  if (!err && this.readable && !this.complete && this.aborted) err = new ConnResetException('aborted');
  // As Node: an error that nobody listens to is not thrown here.
  if (err && this.listenerCount('error') === 0) err = null;
  nextTick(cb, err);
};

// Throws away what is left of the body, so that the connection can go on.
IncomingMessage.prototype._dump = function() {
  if (this._dumped) return;
  this._dumped = true;
  if ((this[kFlags] & REQUEST_BODY) !== 0 || this[kState] !== undefined || this._eventsCount > 0) this.resume();
};

IncomingMessage.prototype._dumpAndCloseReadable = function() {
  this._dumped = true;
  this._readableState.ended = true;
  this._readableState.endEmitted = true;
  this._readableState.destroyed = true;
  this._readableState.closed = true;
  this._readableState.closeEmitted = true;
};

module.exports = { IncomingMessage, kBody, kExchange, kFlags, kMakeSocket, kState };

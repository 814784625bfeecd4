'use strict';
// http.IncomingMessage: a request on the server, a response on the client. Whatever it shows is made when somebody looks; most requests are
// answered without anybody reading their headers, their socket or their body.

const { Readable, finished } = require('stream');
const { Buffer } = require('buffer');
const { ConnResetException } = require('internal/errors');
const { nextTick } = require('internal/process/task_queues');
const { BODY, HTTP_1_1 } = require('internal/http/flags');
const { addField, distinctOf, headersOf } = require('internal/http/incoming_headers');

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
const kVersion = Symbol('kVersion');
const kMakeSocket = Symbol('kMakeSocket');
const kBodyIn = Symbol('kBodyIn');
// Of a request whose connection ends without its doing.
const kConnectionEnds = Symbol('kConnectionEnds');
const kMaxHeaders = Symbol('kMaxHeaders');
const kHighWaterMark = Symbol('kHighWaterMark');

// Takes a socket; an Exchange instead where the message is Rust's.
function IncomingMessage(socket, flags) {
  this._events = undefined;
  this._eventsCount = 0;
  this._maxListeners = undefined;
  const native = flags !== undefined;
  this[kExchange] = native ? socket : null;
  this[kFlags] = native ? flags : HTTP_1_1;
  this[kState] = undefined;
  this[kUrl] = native ? undefined : '';
  this[kMethod] = native ? undefined : null;
  this[kRawHeaders] = native ? undefined : [];
  this[kHeaders] = null;
  this[kSocket] = native ? undefined : socket;
  this[kHighWaterMark] = native ? undefined : socket?.readableHighWaterMark;
  this.complete = false;
  this.aborted = false;
  this.upgrade = null;
  this.statusCode = null;
  this.statusMessage = null;
  this.joinDuplicateHeaders = false;
  this._dumped = false;
  this._consumed = false;
  this._paused = false;
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

// The stream's own state, on first use. Readable's constructor asks for it too, and sets it.
let making = null;
function ensureState(message) {
  if (message[kState] === undefined && making !== message) {
    const outer = making;
    making = message;
    const { _events: events, _eventsCount: count } = message;
    Readable.call(message, { autoDestroy: true, highWaterMark: message[kHighWaterMark] });
    if (events !== undefined) {
      message._events = events;
      message._eventsCount = count;
    }
    making = outer;
    // Nobody has asked for more yet: what is read ahead must not count as if somebody had.
    message[kState].readingMore = true;
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

// Older names of `socket`.
const alias = {
  __proto__: null,
  configurable: true,
  get() {
    return this.socket;
  },
  set(value) {
    this.socket = value;
  },
};

// The version as Rust says it: ten times the major and the minor number.
function version(message) {
  return message[kVersion] ??= (message[kFlags] & HTTP_1_1) !== 0 ? 11 : message[kExchange]?.version ?? 10;
}

// A request with too many is refused, of a response the rest is not shown; but as many as the parser tells of at once are in `rawHeaders`.
function headerLimit(message) {
  return message[kMaxHeaders] > 0 ? message[kMaxHeaders] : 2 ** 32 - 1;
}

const AT_ONCE = 32;

function shownHeaders(message) {
  const raw = message.rawHeaders;
  const limit = headerLimit(message) * 2;
  return raw.length <= limit ? raw : raw.slice(0, limit);
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
  url: lazy(kUrl, (message) => message[kExchange].text),
  method: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      // A response has none.
      if (this[kMethod] === undefined) this[kMethod] = this[kExchange]?.method ?? null;
      return this[kMethod];
    },
    set(value) {
      this[kMethod] = value;
    },
  },
  rawHeaders: lazy(kRawHeaders, (message) => message[kExchange].rawHeaders(Math.max(headerLimit(message), AT_ONCE))),
  headers: lazy(kHeaders, (message) => {
    const known = message[kRawHeaders] === undefined ? message[kExchange].headers(headerLimit(message)) : undefined;
    return known ?? headersOf(shownHeaders(message), message.joinDuplicateHeaders);
  }),
  headersDistinct: lazy(kHeadersDistinct, (message) => distinctOf(shownHeaders(message))),
  rawTrailers: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      if (this[kRawTrailers] !== undefined) return this[kRawTrailers];
      // Before the end of the body there are none yet.
      if (!this.complete || this[kExchange] === null) return [];
      return this[kRawTrailers] = this[kExchange].rawTrailers();
    },
    set(value) {
      this[kRawTrailers] = value;
    },
  },
  trailers: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      if (this[kTrailers]) return this[kTrailers];
      const trailers = headersOf(this.rawTrailers, this.joinDuplicateHeaders);
      if (this.complete) this[kTrailers] = trailers;
      return trailers;
    },
    set(value) {
      this[kTrailers] = value;
    },
  },
  trailersDistinct: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      if (this[kTrailersDistinct]) return this[kTrailersDistinct];
      const trailers = distinctOf(this.rawTrailers);
      if (this.complete) this[kTrailersDistinct] = trailers;
      return trailers;
    },
    set(value) {
      this[kTrailersDistinct] = value;
    },
  },
  socket: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      if (this[kSocket] === undefined && this[kMakeSocket] !== undefined) this[kSocket] = this[kMakeSocket]();
      return this[kSocket];
    },
    set(value) {
      this[kSocket] = value;
    },
  },
  connection: alias,
  client: alias,
  httpVersionMajor: lazy(Symbol('kMajor'), (message) => Math.floor(version(message) / 10)),
  httpVersionMinor: lazy(Symbol('kMinor'), (message) => version(message) % 10),
  httpVersion: lazy(Symbol('kVersionText'), (message) => `${message.httpVersionMajor}.${message.httpVersionMinor}`),
});

IncomingMessage.prototype._addHeaderLine = function(name, value, target) {
  addField(target, name, value, this.joinDuplicateHeaders);
};

IncomingMessage.prototype._addHeaderLineDistinct = function(name, value, target) {
  (target[name.toLowerCase()] ??= []).push(value);
};

IncomingMessage.prototype._addHeaderLines = function(headers, count) {
  if (!headers?.length) return;
  const raw = headers.slice(0, count);
  if (this.complete) {
    this[kRawTrailers] = raw;
    this[kTrailers] = null;
  } else {
    this[kRawHeaders] = raw;
    this[kHeaders] = null;
  }
};

IncomingMessage.prototype.setTimeout = function(msecs, callback) {
  if (callback) this.on('timeout', callback);
  this.socket?.setTimeout(msecs);
  return this;
};

IncomingMessage.prototype._read = function() {
  if (!this._consumed) {
    this._consumed = true;
    this[kState].readingMore = false;
  }
  const exchange = this[kExchange];
  if (exchange === null) {
    // A message of the program's own: its socket may have been paused for it.
    if (this.socket?.readable) this.socket.resume();
  } else if ((this[kFlags] & BODY) === 0) {
    this.complete = true;
    this.push(null);
  } else {
    this._paused = false;
    exchange.readStart();
  }
};

// A piece of the body, its end, or what went wrong; `last` says that nothing follows.
IncomingMessage.prototype[kBodyIn] = function(status, buffer, last) {
  if (status > 0) {
    const more = this._dumped || this.push(Buffer.from(buffer));
    if (!last) {
      if (!more) stopReading(this);
      return;
    }
  } else if (status !== UV_EOF) {
    if (!this.destroyed && this.socket?.destroyed !== true) this.destroy(new ConnResetException('aborted'));
    return;
  }
  this.complete = true;
  this.push(null);
};

function stopReading(message) {
  message[kExchange].readStop();
  if (message._paused) return;
  // The socket waits, too, although it is not what is paused here.
  message._paused = true;
  message[kSocket]?.emit('pause');
}

IncomingMessage.prototype._destroy = function(err, cb) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  const socket = this[kSocket];
  if (this.aborted && socket && !socket.destroyed && !this[kConnectionEnds]) {
    // What is left of the body can be stopped only by ending the connection.
    socket.destroy(err);
    const cleanup = finished(socket, (failure) => {
      cleanup();
      nextTick(doneNT, this, failure && failure.code !== 'ERR_STREAM_PREMATURE_CLOSE' ? failure : err, cb);
    });
    return;
  }
  if (this.aborted && socket === undefined) this[kExchange]?.abort();
  nextTick(doneNT, this, err, cb);
};

// An error that nobody listens to is not thrown here.
function doneNT(message, err, cb) {
  cb(message.listenerCount('error') > 0 ? err : null);
}

// Throws away what is left of the body, so that the connection can go on.
IncomingMessage.prototype._dump = function() {
  if (this._dumped) return;
  this._dumped = true;
  // What is in the buffer already is for nobody, either.
  if (this._eventsCount > 0) this.removeAllListeners('data');
  if (this[kState] !== undefined || this._eventsCount > 0 || this[kExchange] === null) this.resume();
  else if ((this[kFlags] & BODY) !== 0) this[kExchange].dump();
};

// For a message without a body that nobody will read.
IncomingMessage.prototype._dumpAndCloseReadable = function() {
  this._dumped = true;
  const state = this._readableState;
  state.ended = true;
  state.endEmitted = true;
  state.destroyed = true;
  state.closed = true;
  state.closeEmitted = true;
};

module.exports = {
  IncomingMessage,
  UV_EOF,
  kBodyIn,
  kConnectionEnds,
  kExchange,
  kFlags,
  kHighWaterMark,
  kMakeSocket,
  kMaxHeaders,
  kSocket,
  kState,
};

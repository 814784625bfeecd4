'use strict';
// http.OutgoingMessage: headers, body and end of a message that goes out. The bytes go to a native sink with `respondText`, `start`,
// `writeText` and so on: a server's exchange, or a client's.

const { Stream } = require('stream');
const { Buffer } = require('buffer');
const {
  codes: {
    ERR_HTTP_BODY_NOT_ALLOWED, ERR_HTTP_CONTENT_LENGTH_MISMATCH, ERR_HTTP_HEADERS_SENT, ERR_INVALID_ARG_TYPE, ERR_INVALID_CHAR,
    ERR_METHOD_NOT_IMPLEMENTED, ERR_STREAM_ALREADY_FINISHED, ERR_STREAM_CANNOT_PIPE, ERR_STREAM_DESTROYED, ERR_STREAM_NULL_VALUES, ERR_STREAM_WRITE_AFTER_END,
  },
} = require('internal/errors');
const { validateString } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { CHUNKED, CLOSE, RAW } = require('internal/http/flags');
const { buildHead } = require('internal/http/head');
const { hasInvalidHeaderChar, validateHeaderName, validateHeaderValue } = require('internal/http/validate');

const HIGH_WATER_MARK = 64 * 1024;

const kSink = Symbol('kSink');
const kHeaders = Symbol('kHeaders');
const kStarted = Symbol('kStarted');
const kQueued = Symbol('kQueued');
const kCallbacks = Symbol('kCallbacks');
const kNeedDrain = Symbol('kNeedDrain');
const kCorked = Symbol('kCorked');
const kCorkedChunks = Symbol('kCorkedChunks');
const kBytesWritten = Symbol('kBytesWritten');
const kErrored = Symbol('kErrored');

function OutgoingMessage(options) {
  this._events = undefined;
  this._eventsCount = 0;
  this._maxListeners = undefined;
  this.destroyed = false;
  this._last = false;
  this.chunkedEncoding = false;
  this.shouldKeepAlive = true;
  this.maxRequestsOnConnectionReached = false;
  this._defaultKeepAlive = true;
  this.useChunkedEncodingByDefault = true;
  this.sendDate = false;
  this._removedConnection = false;
  this._removedContLen = false;
  this._removedTE = false;
  this.strictContentLength = false;
  this._contentLength = null;
  this._hasBody = true;
  this._trailer = null;
  this.finished = false;
  this._headerSent = false;
  this._closed = false;
  this._header = null;
  this._keepAliveTimeout = 0;
  this[kSink] = null;
  this[kHeaders] = null;
  this[kStarted] = false;
  this[kQueued] = 0;
  this[kCallbacks] = null;
  this[kNeedDrain] = false;
  this[kCorked] = 0;
  this[kCorkedChunks] = null;
  this[kBytesWritten] = 0;
  this[kErrored] = null;
  if (options?.rejectNonStandardBodyWrites) this._rejectBody = true;
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

function getter(get) {
  return { __proto__: null, configurable: true, enumerable: true, get };
}

Object.defineProperties(OutgoingMessage.prototype, {
  errored: getter(function() { return this[kErrored]; }),
  closed: getter(function() { return this._closed; }),
  headersSent: getter(function() { return Boolean(this._header); }),
  writable: { __proto__: null, configurable: true, enumerable: true, writable: true, value: true },
  writableEnded: getter(function() { return this.finished; }),
  writableFinished: getter(function() { return this.finished && this[kQueued] === 0 && this[kSink] !== null; }),
  writableObjectMode: getter(() => false),
  writableLength: getter(function() { return this[kQueued]; }),
  writableHighWaterMark: getter(() => HIGH_WATER_MARK),
  writableCorked: getter(function() { return this[kCorked]; }),
  writableNeedDrain: getter(function() { return !this.destroyed && !this.finished && this[kNeedDrain]; }),
  connection: {
    __proto__: null,
    configurable: true,
    get() { return this.socket; },
    set(value) { this.socket = value; },
  },
  _headers: {
    __proto__: null,
    configurable: true,
    get() { return this.getHeaders(); },
    set(values) {
      this[kHeaders] = null;
      for (const key of Object.keys(values ?? {})) this.setHeader(key, values[key]);
    },
  },
  _headerNames: getter(function() {
    const names = { __proto__: null };
    for (const key in this[kHeaders]) names[key] = this[kHeaders][key][0];
    return names;
  }),
});

// Headers.

OutgoingMessage.prototype.setHeader = function(name, value) {
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('set');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  (this[kHeaders] ??= { __proto__: null })[name.toLowerCase()] = [name, value];
  return this;
};

OutgoingMessage.prototype.setHeaders = function(headers) {
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('set');
  if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' || typeof headers.get !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('headers', ['Headers', 'Map'], headers);
  }
  // Cookies stay lines of their own.
  const cookies = [];
  for (const [key, value] of headers) {
    if (key === 'set-cookie') {
      if (Array.isArray(value)) cookies.push(...value);
      else cookies.push(value);
    } else {
      this.setHeader(key, value);
    }
  }
  if (cookies.length > 0) this.setHeader('set-cookie', cookies);
  return this;
};

OutgoingMessage.prototype.appendHeader = function(name, value) {
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('append');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  const key = name.toLowerCase();
  const table = (this[kHeaders] ??= { __proto__: null });
  if (table[key] === undefined) {
    table[key] = [name, value];
  } else {
    const old = table[key][1];
    table[key][1] = (Array.isArray(old) ? old : [old]).concat(value);
  }
  return this;
};

OutgoingMessage.prototype.getHeader = function(name) {
  validateString(name, 'name');
  return this[kHeaders]?.[name.toLowerCase()]?.[1];
};

OutgoingMessage.prototype.getHeaderNames = function() {
  return this[kHeaders] !== null ? Object.keys(this[kHeaders]) : [];
};

OutgoingMessage.prototype.getRawHeaderNames = function() {
  return this[kHeaders] !== null ? Object.values(this[kHeaders]).map((entry) => entry[0]) : [];
};

OutgoingMessage.prototype.getHeaders = function() {
  const out = { __proto__: null };
  for (const key in this[kHeaders]) out[key] = this[kHeaders][key][1];
  return out;
};

OutgoingMessage.prototype.hasHeader = function(name) {
  validateString(name, 'name');
  return this[kHeaders]?.[name.toLowerCase()] !== undefined;
};

OutgoingMessage.prototype.removeHeader = function(name) {
  validateString(name, 'name');
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('remove');
  const key = name.toLowerCase();
  switch (key) {
    case 'connection': this._removedConnection = true; break;
    case 'content-length': this._removedContLen = true; break;
    case 'transfer-encoding': this._removedTE = true; break;
    case 'date': this.sendDate = false; break;
    default:
  }
  if (this[kHeaders] !== null) delete this[kHeaders][key];
};

OutgoingMessage.prototype.addTrailers = function(headers) {
  const pairs = Array.isArray(headers) ? headers : Object.entries(headers);
  const flat = this._trailer ?? [];
  for (const [name, value] of pairs) {
    validateHeaderName(name, 'Trailer name');
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) {
      if (hasInvalidHeaderChar(one)) throw new ERR_INVALID_CHAR('trailer content', name);
      flat.push(name, `${one}`);
    }
  }
  this._trailer = flat;
};

OutgoingMessage.prototype._storeHeader = function(firstLine, headers) {
  this._header = buildHead(this, firstLine, this[kHeaders], headers);
};

OutgoingMessage.prototype._implicitHeader = function() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('_implicitHeader()');
};

OutgoingMessage.prototype.flushHeaders = function() {
  if (!this._header) this._implicitHeader();
  if (!this[kStarted]) start(this);
};

// The bits that tell the sink about framing.
function sinkFlags(message) {
  let flags = message._last ? CLOSE : 0;
  if (message.chunkedEncoding) flags |= CHUNKED;
  else if (message._hasBody && typeof message._contentLength !== 'number') flags |= RAW;
  return flags;
}

function start(message) {
  message[kStarted] = true;
  message._headerSent = true;
  const length = message._hasBody && !message.chunkedEncoding && typeof message._contentLength === 'number' ? message._contentLength : -1;
  message[kSink].start(message._header, message.statusCode ?? 0, sinkFlags(message), message._hasBody ? length : 0);
}

// Body.

OutgoingMessage.prototype.write = function(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  const more = write(this, chunk, encoding, callback, false);
  if (!more) this[kNeedDrain] = true;
  return more;
};

function byteLength(chunk, encoding) {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
}

function checkChunk(chunk) {
  if (chunk === null) throw new ERR_STREAM_NULL_VALUES();
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
    throw new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  }
}

function fail(message, err, callback) {
  if (!message.destroyed) nextTick(failNT, message, err, callback);
  else nextTick(callback ?? noop, err);
  return false;
}

function failNT(message, err, callback) {
  callback?.(err);
  message.destroy(err);
}

function noop() {}

function write(message, chunk, encoding, callback, fromEnd) {
  if (typeof callback !== 'function') callback = undefined;
  checkChunk(chunk);
  if (message.finished) return fail(message, new ERR_STREAM_WRITE_AFTER_END(), callback);
  if (message.destroyed) {
    nextTick(callback ?? noop, new ERR_STREAM_DESTROYED('write'));
    return false;
  }
  const length = byteLength(chunk, encoding);
  if (!message._header) {
    if (fromEnd) message._contentLength ??= length;
    message._implicitHeader();
  }
  if (!message._hasBody) {
    if (message._rejectBody) throw new ERR_HTTP_BODY_NOT_ALLOWED();
    if (callback) nextTick(callback);
    return true;
  }
  if (message.strictContentLength && typeof message._contentLength === 'number') {
    const written = message[kBytesWritten] + length;
    if (written > message._contentLength) throw new ERR_HTTP_CONTENT_LENGTH_MISMATCH(written, message._contentLength);
  }
  message[kBytesWritten] += length;
  if (length === 0) {
    if (!message[kStarted]) start(message);
    if (callback) nextTick(callback);
    return true;
  }
  if (message[kCorked] > 0) {
    (message[kCorkedChunks] ??= []).push(typeof chunk === 'string' ? Buffer.from(chunk, encoding ?? 'utf8') : chunk);
    message[kQueued] += length;
    if (callback) (message[kCallbacks] ??= []).push(callback);
    return message[kQueued] < HIGH_WATER_MARK;
  }
  if (!message[kStarted]) start(message);
  return send(message, chunk, encoding, callback);
}

function send(message, chunk, encoding, callback) {
  const sink = message[kSink];
  const queued = typeof chunk === 'string'
    ? (isUtf8(encoding) ? sink.writeText(chunk) : sink.writeBuffer(Buffer.from(chunk, encoding)))
    : sink.writeBuffer(chunk);
  message[kQueued] = queued;
  if (callback) {
    if (queued === 0) nextTick(callback);
    else (message[kCallbacks] ??= []).push(callback);
  }
  return queued < HIGH_WATER_MARK;
}

function isUtf8(encoding) {
  return encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'utf-8';
}

// The sink has taken all that was written.
OutgoingMessage.prototype._onDrained = function() {
  this[kQueued] = 0;
  const callbacks = this[kCallbacks];
  if (callbacks !== null) {
    this[kCallbacks] = null;
    for (const callback of callbacks) callback();
  }
  if (this[kNeedDrain] && !this.finished) {
    this[kNeedDrain] = false;
    this.emit('drain');
  }
};

OutgoingMessage.prototype.cork = function() {
  this[kCorked]++;
};

OutgoingMessage.prototype.uncork = function() {
  if (this[kCorked] === 0 || --this[kCorked] > 0) return;
  const chunks = this[kCorkedChunks];
  if (chunks === null) return;
  this[kCorkedChunks] = null;
  if (!this[kStarted]) start(this);
  send(this, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks), null);
};

OutgoingMessage.prototype.end = function(chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = undefined;
    encoding = undefined;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = undefined;
  }
  if (chunk !== undefined && chunk !== null) {
    checkChunk(chunk);
    if (this.finished) {
      fail(this, new ERR_STREAM_WRITE_AFTER_END(), typeof callback === 'function' ? callback : undefined);
      return this;
    }
  } else {
    chunk = undefined;
    if (this.finished) {
      if (typeof callback === 'function') {
        if (this.writableFinished) nextTick(callback, new ERR_STREAM_ALREADY_FINISHED('end'));
        else this.on('finish', callback);
      }
      return this;
    }
  }
  if (typeof callback === 'function') this.once('finish', callback);
  if (this[kCorked] > 0) {
    this[kCorked] = 1;
    this.uncork();
  }
  if (this[kStarted]) endStream(this, chunk, encoding);
  else endWhole(this, chunk, encoding);
  this.finished = true;
  this._finish();
  return this;
};

// Nothing has gone out yet: head and body go together.
function endWhole(message, chunk, encoding) {
  if (!message._header) {
    message._contentLength ??= chunk === undefined ? 0 : byteLength(chunk, encoding);
    message._implicitHeader();
  }
  if (!message._hasBody) {
    if (chunk !== undefined && chunk.length > 0 && message._rejectBody) throw new ERR_HTTP_BODY_NOT_ALLOWED();
    chunk = undefined;
  }
  if (message.strictContentLength && message._hasBody && typeof message._contentLength === 'number') {
    const length = chunk === undefined ? 0 : byteLength(chunk, encoding);
    if (length !== message._contentLength) throw new ERR_HTTP_CONTENT_LENGTH_MISMATCH(length, message._contentLength);
  }
  if (message._trailer !== null && message.chunkedEncoding) {
    start(message);
    endStream(message, chunk, encoding);
    return;
  }
  message[kStarted] = true;
  message._headerSent = true;
  const status = message.statusCode ?? 0;
  const flags = sinkFlags(message);
  if (chunk === undefined) message[kSink].respondText(message._header, status, flags, '');
  else if (typeof chunk !== 'string') message[kSink].respondBuffer(message._header, status, flags, chunk);
  else if (isUtf8(encoding)) message[kSink].respondText(message._header, status, flags, chunk);
  else message[kSink].respondBuffer(message._header, status, flags, Buffer.from(chunk, encoding));
}

function endStream(message, chunk, encoding) {
  if (chunk !== undefined && message._hasBody) write(message, chunk, encoding, undefined, true);
  if (message.strictContentLength && message._hasBody && typeof message._contentLength === 'number'
      && message[kBytesWritten] !== message._contentLength) {
    throw new ERR_HTTP_CONTENT_LENGTH_MISMATCH(message[kBytesWritten], message._contentLength);
  }
  message[kSink].end(message.chunkedEncoding ? message._trailer : null);
}

// Subclasses say what 'finish' waits for.
OutgoingMessage.prototype._finish = noop;

OutgoingMessage.prototype.destroy = function(err) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = err ?? null;
  this._abort(err);
  return this;
};

OutgoingMessage.prototype._abort = noop;

OutgoingMessage.prototype.setTimeout = function(msecs, callback) {
  if (callback) this.on('timeout', callback);
  if (!this.socket) {
    this.once('socket', (socket) => socket.setTimeout(msecs));
  } else {
    this.socket.setTimeout(msecs);
  }
  return this;
};

OutgoingMessage.prototype.pipe = function() {
  // It is for writing only.
  this.emit('error', new ERR_STREAM_CANNOT_PIPE());
};

module.exports = { OutgoingMessage, kErrored, kHeaders, kSink };

'use strict';
// http.OutgoingMessage: the body and the end of a message that goes out. The bytes go to a sink: an Exchange, whose framing is hyper's,
// or a StreamSink where the message is written to any stream. Before there is a sink, they wait here.

const { Stream } = require('stream');
const { Buffer } = require('buffer');
const { getDefaultHighWaterMark } = require('internal/streams/state');
const {
  codes: {
    ERR_HTTP_BODY_NOT_ALLOWED, ERR_HTTP_CONTENT_LENGTH_MISMATCH, ERR_HTTP_HEADERS_SENT, ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_STREAM_ALREADY_FINISHED,
    ERR_STREAM_CANNOT_PIPE, ERR_STREAM_DESTROYED, ERR_STREAM_NULL_VALUES, ERR_STREAM_WRITE_AFTER_END,
  },
} = require('internal/errors');
const { nextTick } = require('internal/process/task_queues');
const { CHUNKED, CLOSE, OUT_REQUEST, RAW } = require('internal/http/flags');
const { buildHead } = require('internal/http/head');
const { kHeaders, methods } = require('internal/http/outgoing_headers');
const { StreamSink } = require('internal/http/stream_sink');
const { kCallbacks, kEndCallback } = require('internal/http/unsent');

// Above this a body goes out piece by piece, so that its end is known.
const WHOLE = 64 * 1024;
// From here on memory goes out without being copied.
const SHARED = 16 * 1024;

const kSink = Symbol('kSink');
const kStarted = Symbol('kStarted');
const kStreaming = Symbol('kStreaming');
const kLength = Symbol('kLength');
const kNeedDrain = Symbol('kNeedDrain');
const kCorked = Symbol('kCorked');
const kBytesWritten = Symbol('kBytesWritten');
const kErrored = Symbol('kErrored');
const kSocketIn = Symbol('kSocketIn');
const kHighWaterMark = Symbol('kHighWaterMark');
const kRejectBody = Symbol('kRejectBody');
const kSinkFlags = Symbol('kSinkFlags');

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
  this._trailer = '';
  this.finished = false;
  this._headerSent = false;
  this._closed = false;
  this._header = null;
  this._keepAliveTimeout = 0;
  // What waits for a sink, or to be uncorked: { data, encoding, callback }.
  this.outputData = null;
  this.outputSize = 0;
  this[kSocketIn] = null;
  this[kSink] = null;
  this[kSinkFlags] = 0;
  this[kHeaders] = null;
  this[kStarted] = false;
  this[kStreaming] = false;
  this[kLength] = 0;
  this[kCallbacks] = null;
  this[kNeedDrain] = false;
  this[kCorked] = 0;
  this[kBytesWritten] = 0;
  this[kErrored] = null;
  this[kHighWaterMark] = options?.highWaterMark;
  this[kRejectBody] = options?.rejectNonStandardBodyWrites ?? false;
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);
Object.assign(OutgoingMessage.prototype, methods);

function getter(get) {
  return { __proto__: null, configurable: true, enumerable: true, get };
}

Object.defineProperties(OutgoingMessage.prototype, {
  errored: getter(function() { return this[kErrored]; }),
  closed: getter(function() { return this._closed; }),
  headersSent: getter(function() { return Boolean(this._header); }),
  writable: { __proto__: null, configurable: true, enumerable: true, writable: true, value: true },
  writableEnded: getter(function() { return this.finished; }),
  writableFinished: getter(function() {
    return this.finished && this.outputSize === 0 && this[kLength] === 0 && this[kSink] !== null;
  }),
  writableObjectMode: getter(() => false),
  writableLength: getter(function() { return this.outputSize + this[kLength]; }),
  writableHighWaterMark: getter(function() { return highWaterMark(this); }),
  writableCorked: getter(function() { return this[kCorked]; }),
  writableNeedDrain: getter(function() { return !this.destroyed && !this.finished && this[kNeedDrain]; }),
  socket: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return this[kSocketIn]; },
    set(value) { this[kSocketIn] = value; },
  },
  connection: {
    __proto__: null,
    configurable: true,
    get() { return this.socket; },
    set(value) { this.socket = value; },
  },
});

function highWaterMark(message) {
  return message[kSocketIn]?.writableHighWaterMark ?? message[kHighWaterMark] ?? getDefaultHighWaterMark();
}

OutgoingMessage.prototype._renderHeaders = function() {
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('render');
  const out = {};
  for (const key in this[kHeaders]) out[this[kHeaders][key][0]] = this[kHeaders][key][1];
  return out;
};

OutgoingMessage.prototype._storeHeader = function(firstLine, headers) {
  this._header = buildHead(this, firstLine, this[kHeaders], headers);
  this._headerSent = false;
  // Whoever waits to be told to go on must see the head at once.
  if (this._expectsContinue) this._send('');
};

OutgoingMessage.prototype._implicitHeader = function() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('_implicitHeader()');
};

OutgoingMessage.prototype.flushHeaders = function() {
  if (!this._header) this._implicitHeader();
  this._send('');
};

// Sends the head, if it has not gone yet, and a piece of what is behind it.
OutgoingMessage.prototype._send = function(data, encoding, callback) {
  if (data.length === 0) {
    if (this[kSink] === null || this[kCorked] > 0) queue(this, '', undefined, callback);
    else if (!this[kStarted]) start(this);
    return true;
  }
  return pass(this, data, encoding, callback);
};

// Sink.

// The bits that tell the sink about framing.
function sinkFlags(message) {
  let flags = message[kSinkFlags];
  // A client ends its connection itself.
  if (message._last && (flags & OUT_REQUEST) === 0) flags |= CLOSE;
  if (!message._hasBody) return flags;
  if (message.chunkedEncoding) flags |= CHUNKED;
  else if (typeof message._contentLength !== 'number') flags |= RAW;
  return flags;
}

function bodyLength(message) {
  if (!message._hasBody) return 0;
  return !message.chunkedEncoding && typeof message._contentLength === 'number' ? message._contentLength : -1;
}

function start(message) {
  message[kStarted] = true;
  message[kStreaming] = true;
  message._headerSent = true;
  message[kSink].start(message._header, sinkFlags(message), bodyLength(message));
}

// From now on the message goes out through `sink`; what waits goes first.
OutgoingMessage.prototype._setSink = function(sink) {
  this[kSink] = sink;
  if (sink instanceof StreamSink) this[kStreaming] = true;
  if (this[kCorked] === 0) this._flush();
};

OutgoingMessage.prototype._flush = function() {
  if (this[kSink] === null) return;
  const waiting = this.outputData;
  if (waiting === null || waiting.length === 0) {
    if (this.finished && this._header && !this[kStarted]) sendWhole(this, undefined, undefined);
  } else {
    this.outputData = [];
    this.outputSize = 0;
    if (this.finished && !this[kStarted] && waiting.length === 1 && this._trailer === '' && waiting[0].callback === undefined) {
      sendWhole(this, waiting[0].data, waiting[0].encoding);
    } else {
      if (!this[kStarted]) start(this);
      for (const { data, encoding, callback } of waiting) {
        if (data.length > 0) pass(this, data, encoding, callback);
        else if (callback !== undefined) nextTick(callback);
      }
      if (this.finished) endSink(this);
    }
  }
  if (this.finished) this._finish();
  else if (this[kNeedDrain] && this.writableLength === 0) this._onDrained();
};

function queue(message, data, encoding, callback) {
  (message.outputData ??= []).push({ data, encoding, callback });
  message.outputSize += typeof data === 'string' ? Buffer.byteLength(data, encoding) : data.length;
  return message.writableLength < highWaterMark(message);
}

function isUtf8(encoding) {
  return encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'utf-8';
}

// Large memory that nobody can take away goes out as it is.
function isShared(data, sink) {
  return data.length >= SHARED && sink.writeShared !== undefined && data.buffer instanceof ArrayBuffer && !data.buffer.resizable;
}

// An answer of the program's own making goes out on the stream that it says is its socket. A request waits until its socket is connected.
function takeStream(message) {
  if ((message[kSinkFlags] & OUT_REQUEST) !== 0) return;
  const stream = message[kSocketIn];
  if (stream?._httpMessage === message && stream.writable) message._setSink(new StreamSink(stream, message));
}

// A piece of the body for the sink; whether more is welcome.
function pass(message, data, encoding, callback) {
  if (message[kSink] === null) takeStream(message);
  if (message[kSink] === null || message[kCorked] > 0) return queue(message, data, encoding, callback);
  if (!message[kStarted]) start(message);
  const sink = message[kSink];
  if (callback !== undefined) (message[kCallbacks] ??= []).push(callback);
  let waiting;
  if (typeof data !== 'string') waiting = isShared(data, sink) ? sink.writeShared(data) : sink.writeBuffer(data);
  else if (isUtf8(encoding)) waiting = sink.writeText(data);
  else waiting = sink.writeBuffer(Buffer.from(data, encoding));
  message[kLength] = waiting;
  const more = waiting < highWaterMark(message);
  if (!more || callback !== undefined) sink.notify();
  return more;
}

// Nothing has gone out yet: head and body go together.
function sendWhole(message, data, encoding) {
  const sink = message[kSink];
  if (data !== undefined && data.length > WHOLE) {
    start(message);
    pass(message, data, encoding, undefined);
    endSink(message);
    return;
  }
  message[kStarted] = true;
  message._headerSent = true;
  const flags = sinkFlags(message);
  // A subclass's _implicitHeader() may have made none.
  const head = message._header ?? '';
  let taken;
  if (data === undefined) taken = sink.respondText(head, flags, '');
  else if (typeof data !== 'string') taken = sink.respondBuffer(head, flags, data);
  else if (isUtf8(encoding)) taken = sink.respondText(head, flags, data);
  else taken = sink.respondBuffer(head, flags, Buffer.from(data, encoding));
  // The connection is gone, and the message with it.
  if (taken === false) message[kSink] = null;
}

function endSink(message) {
  message[kSink].end(message.chunkedEncoding ? message._trailer : '');
}

// Body.

function byteLength(chunk, encoding) {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
}

function checkChunk(chunk) {
  if (chunk === null) throw new ERR_STREAM_NULL_VALUES();
  if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
    throw new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  }
}

function noop() {}

function failNT(message, err, callback) {
  if (typeof message.emit === 'function' && !message.destroyed) message.emit('error', err);
  callback?.(err);
}

function writeAfterEnd(message, callback) {
  const err = new ERR_STREAM_WRITE_AFTER_END();
  if (!message.destroyed) nextTick(failNT, message, err, callback);
  else if (callback !== undefined) nextTick(callback, err);
  return false;
}

OutgoingMessage.prototype.write = function(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  const more = write(this, chunk, encoding, typeof callback === 'function' ? callback : undefined, false);
  if (!more) this[kNeedDrain] = true;
  return more;
};

function write(message, chunk, encoding, callback, last) {
  checkChunk(chunk);
  if (message.finished) return writeAfterEnd(message, callback);
  if (message.destroyed) {
    nextTick(callback ?? noop, new ERR_STREAM_DESTROYED('write'));
    return false;
  }
  const length = byteLength(chunk, encoding);
  if (message.strictContentLength) checkLength(message, length, last);
  if (!message._header) {
    if (last) message._contentLength ??= length;
    message._implicitHeader();
  }
  if (!message._hasBody) {
    if (message[kRejectBody]) throw new ERR_HTTP_BODY_NOT_ALLOWED();
    nextTick(callback ?? noop);
    return true;
  }
  message[kBytesWritten] += length;
  if (length === 0 && callback === undefined) return message._send('');
  if (length === 0) {
    message._send('');
    return queueOrder(message, callback);
  }
  return pass(message, chunk, encoding, callback);
}

// The callback of an empty piece comes after those of the pieces before it.
function queueOrder(message, callback) {
  if (message[kSink] !== null && message[kCallbacks] !== null) message[kCallbacks].push(callback);
  else nextTick(callback);
  return true;
}

function checkLength(message, length, last) {
  if (typeof message._contentLength !== 'number' || message._hasBody === false || message._removedTE || message.chunkedEncoding
      || message.hasHeader?.('transfer-encoding')) return;
  const written = message[kBytesWritten] + length;
  if (last ? written !== message._contentLength : written > message._contentLength) {
    throw new ERR_HTTP_CONTENT_LENGTH_MISMATCH(written, message._contentLength);
  }
}

// The sink has taken all that was written.
OutgoingMessage.prototype._onDrained = function() {
  this[kLength] = 0;
  const callbacks = this[kCallbacks];
  this[kCallbacks] = null;
  // As in Node, this comes first.
  if (this[kNeedDrain] && !this.finished && !this.destroyed) {
    this[kNeedDrain] = false;
    this.emit('drain');
  }
  if (callbacks !== null) for (const callback of callbacks) callback();
};

// The sink has taken the end, too.
OutgoingMessage.prototype._onFinished = function() {
  this._onDrained();
  this.emit('finish');
};

OutgoingMessage.prototype.cork = function() {
  this[kCorked]++;
  this[kSocketIn]?.cork?.();
};

OutgoingMessage.prototype.uncork = function() {
  this[kSocketIn]?.uncork?.();
  if (this[kCorked] === 0 || --this[kCorked] > 0 || this[kSink] === null) return;
  // What was corked is one piece.
  const waiting = this.outputData;
  if (waiting === null || waiting.length === 0) return;
  if (waiting.length > 1) {
    const callbacks = waiting.filter((one) => one.callback !== undefined).map((one) => one.callback);
    const data = Buffer.concat(waiting.map((one) => (typeof one.data === 'string' ? Buffer.from(one.data, one.encoding) : one.data)));
    const callback = callbacks.length === 0 ? undefined : () => { for (const one of callbacks) one(); };
    this.outputData = [{ data, encoding: undefined, callback }];
  }
  this._flush();
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
  if (typeof callback !== 'function') callback = undefined;
  if (chunk !== undefined && chunk !== null) {
    checkChunk(chunk);
    if (this.finished) {
      writeAfterEnd(this, callback);
      return this;
    }
  } else {
    chunk = undefined;
    if (this.finished) {
      if (callback !== undefined) {
        if (!this.writableFinished) this.on('finish', callback);
        else nextTick(callback, new ERR_STREAM_ALREADY_FINISHED('end'));
      }
      return this;
    }
  }
  if (callback !== undefined) this.once('finish', this[kEndCallback] = callback);
  if (this[kCorked] > 0 && (this.outputData !== null || this[kStarted])) {
    if (chunk !== undefined) write(this, chunk, encoding, undefined, false);
    chunk = undefined;
  }
  while (this[kCorked] > 0) this.uncork();
  const length = chunk === undefined ? 0 : byteLength(chunk, encoding);
  if (this.strictContentLength) checkLength(this, length, true);
  if (!this._header) {
    this._contentLength ??= this[kBytesWritten] + length;
    this._implicitHeader();
  }
  if (chunk !== undefined && !this._hasBody) {
    if (this[kRejectBody]) throw new ERR_HTTP_BODY_NOT_ALLOWED();
    chunk = undefined;
  }
  this[kBytesWritten] += length;
  if (chunk !== undefined && length === 0) chunk = undefined;

  if (this[kSink] === null) takeStream(this);
  if (this[kSink] === null) {
    if (chunk !== undefined) queue(this, chunk, encoding, undefined);
    this.finished = true;
    return this;
  }
  if (!this[kStarted] && (this._trailer === '' || !this.chunkedEncoding)) {
    sendWhole(this, chunk, encoding);
  } else {
    if (!this[kStarted]) start(this);
    if (chunk !== undefined) pass(this, chunk, encoding, undefined);
    endSink(this);
  }
  this.finished = true;
  this._finish();
  return this;
};

// All has been given to the sink; subclasses say what 'finish' waits for.
OutgoingMessage.prototype._finish = function() {
  this.emit('prefinish');
};

OutgoingMessage.prototype.destroy = function(err) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = err;
  this._abort(err);
  return this;
};

OutgoingMessage.prototype._abort = function(err) {
  if (this.socket) this.socket.destroy(err);
  else this.once('socket', (socket) => socket.destroy(err));
};

OutgoingMessage.prototype.setTimeout = function(msecs, callback) {
  if (callback) this.on('timeout', callback);
  if (!this.socket) this.once('socket', (socket) => socket.setTimeout(msecs));
  else this.socket.setTimeout(msecs);
  return this;
};

OutgoingMessage.prototype.pipe = function() {
  // It is for writing only.
  this.emit('error', new ERR_STREAM_CANNOT_PIPE());
};

OutgoingMessage.prototype[Symbol.for('nodejs.rejection')] = function(err) {
  this.destroy(err);
};

module.exports = {
  OutgoingMessage, StreamSink, kErrored, kHeaders, kSink, kSinkFlags, kSocketIn, kStarted, kStreaming,
};

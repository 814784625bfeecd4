'use strict';
// http.ServerResponse: status line, interim responses, and the events of a response. The way out of the bytes is outgoing.js's.

const {
  codes: {
    ERR_HTTP_HEADERS_SENT, ERR_HTTP_INVALID_STATUS_CODE, ERR_HTTP_SOCKET_ASSIGNED, ERR_INVALID_ARG_VALUE, ERR_INVALID_CHAR,
  },
  ConnResetException,
} = require('internal/errors');
const { format } = require('internal/util/format');
const { validateInteger, validateLinkHeaderValue, validateObject } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { end: endAsync } = require('internal/http/async_ids');
const { ABORTED, DRAINED, FINISHED, HEAD, HTTP_1_1, KEEP_ALIVE } = require('internal/http/flags');
const { kBodyIn, kConnectionEnds, kExchange, kFlags, kSocket, kState } = require('internal/http/incoming');
const { kBody, kEvent } = require('internal/http/callbacks');
const {
  OutgoingMessage, StreamSink, kHeaders, kSink, kSocketIn, kStarted, kStreaming,
} = require('internal/http/outgoing');
const { failUnsent, kCallbacks } = require('internal/http/unsent');
const { STATUS_CODES } = require('internal/http/status');
const { hasInvalidHeaderChar, validateHeaderName, validateHeaderValue } = require('internal/http/validate');

const kServer = Symbol('kServer');
const kOnClose = Symbol('kOnClose');

function ServerResponse(req, options) {
  OutgoingMessage.call(this, options);
  this.req = req;
  this.statusCode = 200;
  this.statusMessage = undefined;
  this._sent100 = false;
  this._expect_continue = false;
  this._maxRequestsPerSocket = 0;
  this.sendDate = true;
  if (req[kExchange] != null) {
    const flags = req[kFlags];
    if ((flags & HEAD) !== 0) this._hasBody = false;
    this.shouldKeepAlive = (flags & KEEP_ALIVE) !== 0;
    if ((flags & HTTP_1_1) === 0) this.useChunkedEncodingByDefault = takesChunks(req);
  } else {
    // For a request of the program's own making.
    if (req.method === 'HEAD') this._hasBody = false;
    if (req.httpVersionMajor < 1 || req.httpVersionMinor < 1) {
      this.useChunkedEncodingByDefault = takesChunks(req);
      this.shouldKeepAlive = false;
    }
  }
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

Object.defineProperty(ServerResponse.prototype, 'socket', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    if (this[kSocketIn] === null && !this._detached && this.req[kExchange]) this[kSocketIn] = this.req.socket;
    return this[kSocketIn];
  },
  set(value) {
    this[kSocketIn] = value;
  },
});

ServerResponse.prototype._detached = false;

// An older client may say that it knows them.
function takesChunks(req) {
  return /(?:^|\W)chunked(?:$|\W)/i.test(req.headers?.te);
}

// Status line and head.

ServerResponse.prototype._implicitHeader = function() {
  this.writeHead(this.statusCode);
};

const statusLines = { __proto__: null };

ServerResponse.prototype.writeHead = function(statusCode, reason, headers) {
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('write');
  const original = statusCode;
  statusCode |= 0;
  if (statusCode < 100 || statusCode > 999) throw new ERR_HTTP_INVALID_STATUS_CODE(format('%s', original));
  let line;
  if (typeof reason === 'string') {
    this.statusMessage = reason;
  } else {
    headers ??= reason;
    if (!this.statusMessage) {
      this.statusMessage = STATUS_CODES[statusCode] || 'unknown';
      line = statusLines[statusCode] ??= `HTTP/1.1 ${statusCode} ${this.statusMessage}\r\n`;
    }
  }
  this.statusCode = statusCode;

  let given;
  if (headers !== undefined && headers !== null) {
    if (this[kHeaders] !== null) {
      // Together with those that were set before, as if these had been set too.
      setAll(this, headers);
    } else {
      if (Array.isArray(headers) && headers.length > 0 && !Array.isArray(headers[0]) && headers.length % 2 !== 0) {
        throw new ERR_INVALID_ARG_VALUE('headers', headers);
      }
      given = headers;
    }
  }
  if (line === undefined) {
    if (hasInvalidHeaderChar(this.statusMessage)) throw new ERR_INVALID_CHAR('statusMessage');
    line = `HTTP/1.1 ${statusCode} ${this.statusMessage}\r\n`;
  }
  if (statusCode === 204 || statusCode === 304 || (statusCode >= 100 && statusCode <= 199)) this._hasBody = false;
  // The client may or may not send its body now: there is no telling where the next request would begin.
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  this._storeHeader(line, given);
  return this;
};
ServerResponse.prototype.writeHeader = ServerResponse.prototype.writeHead;

function setAll(response, headers) {
  if (Array.isArray(headers)) {
    const pairs = headers.length > 0 && Array.isArray(headers[0]) ? headers.flat(1) : headers;
    if (pairs.length % 2 !== 0) throw new ERR_INVALID_ARG_VALUE('headers', headers);
    for (let i = 0; i < pairs.length; i += 2) response.removeHeader(pairs[i]);
    for (let i = 0; i < pairs.length; i += 2) if (pairs[i]) response.appendHeader(pairs[i], pairs[i + 1]);
  } else {
    for (const key of Object.keys(headers)) if (key) response.setHeader(key, headers[key]);
  }
}

// Interim responses.

function writeInterim(response, text, cb) {
  const sink = response[kSink];
  if (sink?.writeInterim !== undefined) sink.writeInterim(text);
  else response.socket?.write(text, 'latin1');
  if (typeof cb === 'function') nextTick(cb);
}

// Bytes of the program's own ahead of the response.
ServerResponse.prototype._writeRaw = function(data, encoding, cb) {
  if (typeof encoding === 'function') cb = encoding;
  writeInterim(this, String(data), cb);
  return true;
};

ServerResponse.prototype.writeContinue = function(cb) {
  writeInterim(this, 'HTTP/1.1 100 Continue\r\n\r\n', cb);
  this._sent100 = true;
};

ServerResponse.prototype.writeProcessing = function(cb) {
  writeInterim(this, 'HTTP/1.1 102 Processing\r\n\r\n', cb);
};

ServerResponse.prototype.writeEarlyHints = function(hints, cb) {
  validateObject(hints, 'hints');
  if (hints.link === null || hints.link === undefined) return;
  const link = validateLinkHeaderValue(hints.link);
  if (link.length === 0) return;
  if (hasInvalidHeaderChar(link)) throw new ERR_INVALID_ARG_VALUE('hints.link', hints.link);
  let head = `HTTP/1.1 103 Early Hints\r\nLink: ${link}\r\n`;
  for (const key of Object.keys(hints)) {
    if (key.toLowerCase() === 'link') continue;
    validateHeaderName(key);
    validateHeaderValue(key, hints[key]);
    head += `${key}: ${hints[key]}\r\n`;
  }
  writeInterim(this, `${head}\r\n`, cb);
};

ServerResponse.prototype.writeInformation = function(statusCode, headers, cb) {
  if (typeof headers === 'function') {
    cb = headers;
    headers = undefined;
  }
  validateInteger(statusCode, 'statusCode', 100, 199);
  let head = `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] ?? ''}\r\n`;
  for (const key of Object.keys(headers ?? {})) {
    validateHeaderName(key);
    for (const value of Array.isArray(headers[key]) ? headers[key] : [headers[key]]) {
      validateHeaderValue(key, value);
      head += `${key}: ${value}\r\n`;
    }
  }
  writeInterim(this, `${head}\r\n`, cb);
};

// A socket of the program's own.

ServerResponse.prototype.assignSocket = function(socket) {
  if (socket._httpMessage) throw new ERR_HTTP_SOCKET_ASSIGNED();
  socket._httpMessage = this;
  this[kOnClose] = () => {
    this[kOnClose] = null;
    closeNT(this);
  };
  socket.on?.('close', this[kOnClose]);
  this.socket = socket;
  this.emit('socket', socket);
  if (this[kSink] === null) this._setSink(new StreamSink(socket, this));
};

ServerResponse.prototype.detachSocket = function(socket) {
  if (this[kOnClose]) socket.removeListener('close', this[kOnClose]);
  socket._httpMessage = null;
  this._detached = true;
  this.socket = null;
};

// What becomes of it.

// Where a program has put a write() of its own on the socket, it is to see the bytes: then the response is framed here, and hyper is told
// only that there was one.
function divert(response) {
  const socket = response.req[kSocket];
  if (!socket || !Object.hasOwn(socket, 'write')) return;
  const exchange = response[kSink];
  response[kStreaming] = true;
  response[kSink] = new StreamSink(socket, response, () => {
    response[kSink] = exchange;
    exchange.respondText('', response._last ? 1 : 0, '');
  });
}

ServerResponse.prototype._storeHeader = function(firstLine, headers) {
  // A server that closes ends its connections with their next response: the client is told, so that no request of its gets lost.
  if (this[kServer]?._isClosing()) this.shouldKeepAlive = false;
  if (this[kSink] !== null && this[kSink] === this.req[kExchange]) divert(this);
  OutgoingMessage.prototype._storeHeader.call(this, firstLine, headers);
};

// end() was called: what is left is to tell.
ServerResponse.prototype._finish = function() {
  if (this._eventsCount > 0) this.emit('prefinish');
  if (!this[kStarted] || this[kSink] !== this.req[kExchange]) return;
  // Rust has it all. Where there is much of it, 'finish' waits until hyper has taken that.
  if (!this[kStreaming] || (this[kCallbacks] === null && this.writableLength < this.writableHighWaterMark)) nextTick(sentNT, this);
};

function sentNT(response) {
  response._onFinished();
}

function finishNT(response) {
  if (response._closed) return;
  const { req } = response;
  response[kServer]?._responseDone(req, response);
  if (!req._consumed && req[kExchange] !== undefined) req._dump();
  if (response._eventsCount > 0) response.emit('finish');
  nextTick(closeNT, response);
}

function closeNT(response) {
  if (response._closed) return;
  response.destroyed = true;
  response._closed = true;
  if (response._eventsCount > 0) response.emit('close');
  endAsync(response.req);
  // A body that somebody may listen to still has to come to its end.
  const { req } = response;
  if (req.complete || (req._dumped && req[kState] === undefined)) req[kExchange]?.release();
}

// The sink has taken everything, the end included.
ServerResponse.prototype._onFinished = function() {
  this._onDrained();
  finishNT(this);
};

// The connection went away first.
ServerResponse.prototype._onAborted = function() {
  const { req } = this;
  if (!this._closed) {
    this.destroyed = true;
    failUnsent(this);
    req[kConnectionEnds] = true;
    if (!req.destroyed && !(req.complete && req.readableEnded)) {
      if (req._eventsCount > 0) req.destroy(new ConnResetException('aborted'));
      else req.aborted = true;
    }
    closeNT(this);
  }
  req[kExchange]?.release();
};

ServerResponse.prototype[kEvent] = function(kind) {
  switch (kind) {
    case DRAINED: this._onDrained(); break;
    case FINISHED: this._onFinished(); break;
    case ABORTED: this._onAborted(); break;
    default:
  }
};

ServerResponse.prototype[kBody] = function(status, buffer, last) {
  const { req } = this;
  req[kBodyIn](status, buffer, last);
  if (this._closed && req.complete) req[kExchange]?.release();
};

ServerResponse.prototype._abort = function(err) {
  const socket = this[kSocketIn] ?? this.req[kSocket];
  if (socket && !socket._httpWaiting?.includes(this)) {
    socket.destroy(err);
  } else if (this[kSink] !== null) {
    this[kSink].abort();
  } else {
    this.once('socket', (late) => late.destroy(err));
  }
};

module.exports = { ServerResponse, kServer };

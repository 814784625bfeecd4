'use strict';
// http.ServerResponse: status line and the events of a response.

const {
  codes: { ERR_HTTP_HEADERS_SENT, ERR_HTTP_INVALID_STATUS_CODE, ERR_INVALID_ARG_VALUE, ERR_INVALID_CHAR, ERR_METHOD_NOT_IMPLEMENTED },
} = require('internal/errors');
const { nextTick } = require('internal/process/task_queues');
const { REQUEST_HEAD, REQUEST_HTTP_1_1, REQUEST_KEEP_ALIVE } = require('internal/http/flags');
const { kFlags } = require('internal/http/incoming');
const { OutgoingMessage, kErrored, kHeaders, kSink } = require('internal/http/outgoing');
const { STATUS_CODES } = require('internal/http/status');
const { hasInvalidHeaderChar } = require('internal/http/validate');

function ServerResponse(req, options) {
  OutgoingMessage.call(this, options);
  const flags = req[kFlags] ?? REQUEST_HTTP_1_1 | REQUEST_KEEP_ALIVE;
  this.req = req;
  this.statusCode = 200;
  this.statusMessage = undefined;
  this._sent100 = false;
  this.sendDate = true;
  if ((flags & REQUEST_HEAD) !== 0 || req.method === 'HEAD') this._hasBody = false;
  this.shouldKeepAlive = (flags & REQUEST_KEEP_ALIVE) !== 0;
  if ((flags & REQUEST_HTTP_1_1) === 0) this.useChunkedEncodingByDefault = false;
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

Object.defineProperty(ServerResponse.prototype, 'socket', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return this._detached ? null : this.req.socket;
  },
  set(value) {
    this.req.socket = value;
  },
});

ServerResponse.prototype._implicitHeader = function() {
  this.writeHead(this.statusCode);
};

const statusLines = { __proto__: null };

ServerResponse.prototype.writeHead = function(statusCode, reason, headers) {
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('write');
  const original = statusCode;
  statusCode |= 0;
  if (statusCode < 100 || statusCode > 999) throw new ERR_HTTP_INVALID_STATUS_CODE(original);
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
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  this._storeHeader(line, given);
  return this;
};
ServerResponse.prototype.writeHeader = ServerResponse.prototype.writeHead;

function setAll(response, headers) {
  if (Array.isArray(headers)) {
    if (headers.length > 0 && Array.isArray(headers[0])) {
      for (const [name] of headers) response.removeHeader(name);
      for (const [name, value] of headers) if (name) response.appendHeader(name, value);
    } else {
      if (headers.length % 2 !== 0) throw new ERR_INVALID_ARG_VALUE('headers', headers);
      for (let i = 0; i < headers.length; i += 2) response.removeHeader(headers[i]);
      for (let i = 0; i < headers.length; i += 2) if (headers[i]) response.appendHeader(headers[i], headers[i + 1]);
    }
  } else {
    for (const key of Object.keys(headers)) if (key) response.setHeader(key, headers[key]);
  }
}

ServerResponse.prototype.writeContinue = function(cb) {
  this[kSink].writeContinue();
  this._sent100 = true;
  if (typeof cb === 'function') nextTick(cb);
};

ServerResponse.prototype.writeProcessing = function() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('response.writeProcessing()');
};

ServerResponse.prototype.writeEarlyHints = function() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('response.writeEarlyHints()');
};

ServerResponse.prototype.assignSocket = function(socket) {
  this.req.socket = socket;
  socket._httpMessage = this;
  this.emit('socket', socket);
};

ServerResponse.prototype.detachSocket = function(socket) {
  socket._httpMessage = null;
  this._detached = true;
};

// end() was called: what is left is to tell.
ServerResponse.prototype._finish = function() {
  if (this.writableLength === 0) nextTick(finishNT, this);
  else this._finishing = true;
};

function finishNT(response) {
  if (response._closed) return;
  const { req } = response;
  if (response._eventsCount > 0) response.emit('finish');
  req._dump();
  response[kSink]?.release();
  response.destroyed = true;
  response._closed = true;
  if (response._eventsCount > 0) response.emit('close');
  if (req._eventsCount > 0 && !req.readableEnded) nextTick(closeRequestNT, req);
}

function closeRequestNT(req) {
  if (req.complete || req.readableEnded) req.destroy();
}

// The sink has taken everything, the end included.
ServerResponse.prototype._onFinished = function() {
  this._onDrained();
  if (this._finishing) {
    this._finishing = false;
    finishNT(this);
  }
};

// The connection went away first, or destroy() was called.
ServerResponse.prototype._onAborted = function() {
  if (this._closed) return;
  const { req } = this;
  this.destroyed = true;
  this._closed = true;
  if (!req.complete && !req.aborted && req._eventsCount > 0) {
    req.aborted = true;
    req.emit('aborted');
  }
  if (req._eventsCount > 0) req.destroy();
  this.emit('close');
  this[kSink]?.release();
};

ServerResponse.prototype._abort = function(err) {
  this[kSink]?.abort();
  if (err && this.listenerCount('error') > 0 && this[kErrored] === err) nextTick(() => this.emit('error', err));
};

module.exports = { ServerResponse };

'use strict';
// http.ClientRequest: the options of a request, and its way from the agent's socket to its end. The bytes go out as outgoing.js has it; what
// happens on the socket is client_socket.js's.

const net = require('net');
const { Buffer } = require('buffer');
const { finished } = require('stream');
const {
  codes: {
    ERR_HTTP_HEADERS_SENT, ERR_INVALID_ARG_TYPE, ERR_INVALID_HTTP_TOKEN, ERR_INVALID_PROTOCOL, ERR_UNESCAPED_CHARACTERS,
  },
  ConnResetException,
} = require('internal/errors');
const { addAbortSignal } = require('stream');
const { validateBoolean, validateInteger } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { getAsyncContext, setAsyncContext } = require('internal/async_hooks/context');
const { URL, urlToHttpOptions } = require('url');
const { getGlobalAgent, kProxy } = require('internal/http/agent');
const { kBody, kEvent } = require('internal/http/callbacks');
const diagnostics = require('internal/http/diagnostics');
const { DRAINED, FINISHED, INTERIM, OUT_CONNECT, OUT_HEAD, OUT_REQUEST, RESPONSE, UPGRADED } = require('internal/http/flags');
const { timerDuration } = require('internal/http/limits');
const { UV_EOF, kBodyIn } = require('internal/http/incoming');
const { OutgoingMessage, kErrored, kSinkFlags } = require('internal/http/outgoing');
const { parseUniqueHeaders } = require('internal/http/outgoing_headers');
const { isToken, refuseInsecureParser } = require('internal/http/validate');
const sockets = require('internal/http/client_socket');

const BAD_PATH = /[^\u0021-\u00ff]/;
const WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

const kPath = Symbol('kPath');
const kContext = Symbol('kContext');
// An option of fetch(): the method stays as it is spelled, `hasBody` says whether there is a body, and the channels are silent: fetch has its own.
const { kExact } = sockets;

function ClientRequest(input, options, cb) {
  OutgoingMessage.call(this);
  diagnostics.ensure();
  if (typeof input === 'string') {
    input = urlToHttpOptions(new URL(input));
  } else if (isUrl(input)) {
    input = urlToHttpOptions(input);
  } else {
    cb = options;
    options = input;
    input = null;
  }
  if (typeof options === 'function') {
    cb = options;
    options = input || {};
  } else {
    options = Object.assign(input || {}, options);
  }

  this.agent = chooseAgent(this, options);
  const defaultAgent = options._defaultAgent || getGlobalAgent();
  const protocol = options.protocol || defaultAgent.protocol;
  const expected = this.agent?.protocol || defaultAgent.protocol;
  if (options.path !== undefined && BAD_PATH.test(String(options.path))) throw new ERR_UNESCAPED_CHARACTERS('Request path');
  if (protocol !== expected) throw new ERR_INVALID_PROTOCOL(protocol, expected);

  const defaultPort = options.defaultPort || this.agent?.defaultPort;
  const port = (options.port = options.port || defaultPort || 80);
  const host = (options.host = checkHost(options.hostname, 'hostname') || checkHost(options.host, 'host') || 'localhost');
  const setHost = options.setHost !== undefined ? Boolean(options.setHost) : options.setDefaultHeaders !== false;
  this._removedConnection = options.setDefaultHeaders === false;
  this._removedContLen = options.setDefaultHeaders === false;
  this._removedTE = options.setDefaultHeaders === false;

  this.socketPath = options.socketPath;
  if (options.timeout !== undefined) this.timeout = timerDuration(options.timeout, 'timeout');
  const { signal } = options;
  if (signal) addAbortSignal(signal, this);
  this[kExact] = options[kExact] === true;
  if (this[kExact]) {
    this.method = options.method;
    this._hasBody = options.hasBody;
  } else {
    this.method = checkMethod(options.method);
  }
  checkParserOptions(this, options);

  this[kPath] = options.path || '/';
  if (cb) this.once('response', cb);
  this.useChunkedEncodingByDefault = !WITHOUT_BODY.has(this.method);
  this._ended = false;
  this.res = null;
  this.aborted = false;
  this.timeoutCb = null;
  this.upgradeOrConnect = false;
  this.parser = null;
  this.maxHeadersCount = null;
  this.reusedSocket = false;
  this.host = host;
  this.protocol = protocol;
  this.outputData = [];
  this[kContext] = getAsyncContext();
  this[kSinkFlags] = OUT_REQUEST;
  if (this.method === 'HEAD') this[kSinkFlags] |= OUT_HEAD;
  else if (this.method === 'CONNECT') this[kSinkFlags] |= OUT_CONNECT;

  if (this.agent) {
    // Without a limit, an agent that keeps nothing never uses a connection twice.
    this._last = !this.agent.keepAlive && !Number.isFinite(this.agent.maxSockets);
    this.shouldKeepAlive = !this._last;
  } else {
    this._last = true;
    this.shouldKeepAlive = false;
  }
  this._uniqueHeaders = parseUniqueHeaders(options.uniqueHeaders) ?? undefined;
  storeHeaders(this, options, { host, port, defaultPort, setHost });

  // The request has it; the connection may outlive it.
  if (signal !== undefined) delete options.signal;
  connect(this, options);
  if (diagnostics.clientCreated.hasSubscribers && !this[kExact]) diagnostics.clientCreated.publish({ request: this });
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

Object.defineProperty(ClientRequest.prototype, 'path', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return this[kPath];
  },
  set(value) {
    const path = String(value);
    if (BAD_PATH.test(path)) throw new ERR_UNESCAPED_CHARACTERS('Request path');
    this[kPath] = path;
  },
});

function isUrl(value) {
  return Boolean(value?.href && value.protocol && value.auth === undefined && value.path === undefined);
}

function chooseAgent(req, options) {
  const { agent } = options;
  if (agent === false) return new (options._defaultAgent || getGlobalAgent()).constructor();
  if (agent === null || agent === undefined) {
    // A connection of the program's own needs no agent.
    return typeof options.createConnection === 'function' ? undefined : options._defaultAgent || getGlobalAgent();
  }
  if (typeof agent.addRequest !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  }
  return agent;
}

function checkHost(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string') {
    throw new ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'undefined', 'null'], host);
  }
  return host;
}

function checkMethod(method) {
  if (method !== null && method !== undefined && typeof method !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('options.method', 'string', method);
  }
  if (!method) return 'GET';
  if (!isToken(method)) throw new ERR_INVALID_HTTP_TOKEN('Method', method);
  return method.toUpperCase();
}

function checkParserOptions(req, options) {
  const { maxHeaderSize, insecureHTTPParser, joinDuplicateHeaders } = options;
  if (maxHeaderSize !== undefined) validateInteger(maxHeaderSize, 'maxHeaderSize', 0);
  req.maxHeaderSize = maxHeaderSize;
  if (insecureHTTPParser !== undefined) validateBoolean(insecureHTTPParser, 'options.insecureHTTPParser');
  refuseInsecureParser(insecureHTTPParser);
  req.insecureHTTPParser = insecureHTTPParser;
  if (joinDuplicateHeaders !== undefined) validateBoolean(joinDuplicateHeaders, 'options.joinDuplicateHeaders');
  req.joinDuplicateHeaders = joinDuplicateHeaders;
}

function storeHeaders(req, options, { host, port, defaultPort, setHost }) {
  const { headers } = options;
  const proxy = req.agent?.[kProxy];
  const isProxied = Boolean(proxy) && req.agent.protocol !== 'https:' && proxy.covers(options);
  if (Array.isArray(headers)) {
    if (isProxied) proxy.rewrite(req, options, hostOf(headers));
    // As they are, and nothing else that was not asked for.
    req._storeHeader(firstLine(req), headers);
    return;
  }
  if (headers) for (const key of Object.keys(headers)) req.setHeader(key, headers[key]);
  const given = isProxied ? req.getHeader('host') : undefined;
  if (host && setHost && !req.getHeader('host')) {
    const isIPv6 = host.indexOf(':') !== host.lastIndexOf(':') && host[0] !== '[';
    const name = isIPv6 ? `[${host}]` : host;
    req.setHeader('Host', port && Number(port) !== defaultPort ? `${name}:${port}` : name);
  }
  if (options.auth && !req.getHeader('Authorization')) {
    req.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
  }
  if (isProxied) proxy.rewrite(req, options, given);
  if (req.getHeader('expect')) req._storeHeader(firstLine(req), undefined);
}

// The Host among names and values in turn, or in pairs.
function hostOf(headers) {
  const flat = Array.isArray(headers[0]) ? headers.flat() : headers;
  return flat[flat.findIndex((name, i) => i % 2 === 0 && String(name).toLowerCase() === 'host') + 1 || flat.length];
}

function firstLine(req) {
  return `${req.method} ${req.path} HTTP/1.1\r\n`;
}

// The connection: the agent's, or one for this request only.
function connect(req, options) {
  if (req.agent) {
    req.agent.addRequest(req, options);
    return;
  }
  // A `path` would make net take the connection for a unix socket's.
  options = { ...options, path: options.socketPath || undefined };
  if (typeof options.createConnection !== 'function') {
    req.onSocket(net.createConnection(options));
    return;
  }
  let called = false;
  const oncreate = (err, socket) => {
    if (called) return;
    called = true;
    if (err) nextTick(emitError, req, err);
    else req.onSocket(socket);
  };
  try {
    const made = options.createConnection(options, oncreate);
    if (made) oncreate(null, made);
  } catch (err) {
    oncreate(err);
  }
}

function emitError(req, err) {
  if (diagnostics.clientError.hasSubscribers && !req[kExact]) diagnostics.clientError.publish({ request: req, error: err });
  req.emit('error', err);
}

ClientRequest.prototype._implicitHeader = function() {
  if (this._header) throw new ERR_HTTP_HEADERS_SENT('render');
  this._storeHeader(firstLine(this), undefined);
};

// end() was called, and there is a socket that has been given all.
ClientRequest.prototype._finish = function() {
  OutgoingMessage.prototype._finish.call(this);
  if (diagnostics.clientStarted.hasSubscribers && !this[kExact]) diagnostics.clientStarted.publish({ request: this });
  sockets.finishing(this);
};

ClientRequest.prototype._onFinished = function() {
  this._onDrained();
  sockets.finished(this);
};

ClientRequest.prototype.onSocket = function(socket, err) {
  nextTick(onSocketNT, this, socket, err);
};

function onSocketNT(req, socket, err) {
  if (!req.destroyed && !err) {
    sockets.attach(req, socket);
    return;
  }
  const reason = req[kErrored] || err;
  if (!socket) {
    destroyed(req, reason);
  } else if (!err && req.agent && !socket.destroyed) {
    // Nothing has happened to it: another request may have it.
    destroyed(req, reason);
    socket.emit('free');
  } else {
    finished(socket.destroy(reason), (failure) => {
      destroyed(req, failure && failure.code !== 'ERR_STREAM_PREMATURE_CLOSE' ? failure : reason);
    });
  }
}

// A request that never had a socket is over.
function destroyed(req, err) {
  if (!req.aborted && !err) err = new ConnResetException('socket hang up');
  if (err) emitError(req, err);
  req._closed = true;
  req.emit('close');
}

// Giving up.

ClientRequest.prototype.abort = function() {
  if (this.aborted) return;
  this.aborted = true;
  nextTick(emitAbortNT, this);
  this.destroy();
};

function emitAbortNT(req) {
  req.emit('abort');
}

ClientRequest.prototype.destroy = function(err) {
  if (this.destroyed) return this;
  this.destroyed = true;
  // Whatever still comes is of no interest.
  if (this.res) this.res._dump();
  this[kErrored] = err;
  this.socket?.destroy(err);
  return this;
};

// What Rust tells.

ClientRequest.prototype[kEvent] = function(kind, a, b, c) {
  const outer = getAsyncContext();
  setAsyncContext(this[kContext]);
  try {
    switch (kind) {
      case DRAINED: this._onDrained(); break;
      case FINISHED: this._onFinished(); break;
      case RESPONSE: sockets.response(this, a, b, c); break;
      case INTERIM: sockets.interim(this, a & 0xffff, b, c, a >>> 16); break;
      case UPGRADED: sockets.upgraded(this, a, b); break;
      default:
    }
  } finally {
    setAsyncContext(outer);
  }
};

ClientRequest.prototype[kBody] = function(status, buffer, last, behind) {
  const outer = getAsyncContext();
  setAsyncContext(this[kContext]);
  try {
    // A body that was cut off is the socket's to tell, when that ends.
    if (status > 0 || status === UV_EOF) this.res?.[kBodyIn](status, buffer, last);
    if (behind !== undefined) sockets.broken(this.socket, behind);
  } finally {
    setAsyncContext(outer);
  }
};

// Settings of the socket, now or when there is one.

ClientRequest.prototype.setTimeout = function(msecs, callback) {
  if (this._ended) return this;
  sockets.listenTimeout(this);
  msecs = timerDuration(msecs, 'msecs');
  if (callback) this.once('timeout', callback);
  if (this.socket) setSocketTimeout(this.socket, msecs);
  else this.once('socket', (socket) => setSocketTimeout(socket, msecs));
  return this;
};

function setSocketTimeout(socket, msecs) {
  if (socket.connecting) {
    socket.once('connect', function() {
      this.setTimeout(msecs);
    });
  } else {
    socket.setTimeout(msecs);
  }
}

ClientRequest.prototype.setNoDelay = function(noDelay) {
  defer(this, 'setNoDelay', [noDelay]);
};

ClientRequest.prototype.setSocketKeepAlive = function(enable, initialDelay) {
  defer(this, 'setKeepAlive', [enable, initialDelay]);
};

function defer(req, method, args) {
  const call = (socket) => Reflect.apply(socket[method], socket, args);
  const onSocket = (socket) => {
    if (socket.writable) call(socket);
    else socket.once('connect', () => call(socket));
  };
  if (req.socket) onSocket(req.socket);
  else req.once('socket', onSocket);
}

ClientRequest.prototype.clearTimeout = function(cb) {
  this.setTimeout(0, cb);
};

sockets.setEmitError(emitError);

module.exports = { ClientRequest, kExact };

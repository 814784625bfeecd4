'use strict';
// http.Server: a net.Server whose connections Rust serves (ext_net/src/http). JavaScript sees requests; it sees connections only where somebody
// listens for them, brings them, or asks a request for its socket (server_socket.js).
//
// The way of a request: the listener's connection goes to hyper in Rust -> kRequest below, with one native exchange -> 'request' ->
// res.end() -> one native call with head and body (outgoing.js).

const net = require('net');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { clearInterval, setInterval } = require('timers');
const { kAttachHandle, kLimitChanged } = require('internal/net/server');
const { begin: beginAsync } = require('internal/http/async_ids');
const { ensureCallbacks, kEvent, kRequest } = require('internal/http/callbacks');
const { Exchange } = require('internal/http/exchange_table');
const { BODY, CONNECT, DROPPED, EXPECT, FRAMED, GONE, HOST, HTTP_1_1, REFUSED, TIMEOUT, UPGRADE } = require('internal/http/flags');
const { kExchange, kMakeSocket } = require('internal/http/incoming');
const { kSink } = require('internal/http/outgoing');
const { kIncomingMessage, kServerResponse, kUniqueHeaders, serverArguments, storeOptions } = require('internal/http/server_options');
const { kServer } = require('internal/http/server_response');
const { MAX_HEADERS, maxHeaderSize } = require('internal/http/limits');
const { parseError } = require('internal/http/parse_error');
const diagnostics = require('internal/http/diagnostics');
const sockets = require('internal/http/server_socket');

const kNative = Symbol('kNative');
const kConnectionsCheckingInterval = Symbol('http.server.connectionsCheckingInterval');
const kSettings = Symbol('kSettings');
const kClosing = Symbol('kClosing');

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  [options, requestListener] = serverArguments(options, requestListener);
  prepare(this, options);
  net.Server.call(this, {
    allowHalfOpen: true,
    noDelay: options.noDelay ?? true,
    keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay,
    highWaterMark: options.highWaterMark,
  });
  this.on('connection', connectionListener);
  begin(this, requestListener);
  this.on('newListener', onNewListener);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

// What a server of HTTP has, over TLS or not, before it is a server of connections.
function prepare(server, options) {
  server[kSettings] = {
    keepAliveTimeout: 0, keepAliveTimeoutBuffer: 0, timeout: 0, httpAllowHalfOpen: false, maxHeaderSize: undefined, maxHeadersCount: null,
  };
  server[kNative] = null;
  server[kClosing] = false;
  server[kConnectionsCheckingInterval] = null;
  server._attached = null;
  storeOptions(server, options);
}

// The rest of it, when it is one.
function begin(server, requestListener) {
  server.httpAllowHalfOpen = false;
  if (requestListener) server.on('request', requestListener);
  server.on('listening', startChecking);
}

// What Rust has to know when it changes.
for (const name of ['keepAliveTimeout', 'keepAliveTimeoutBuffer', 'timeout', 'httpAllowHalfOpen', 'maxHeaderSize', 'maxHeadersCount']) {
  Object.defineProperty(Server.prototype, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return this[kSettings][name];
    },
    set(value) {
      this[kSettings][name] = value;
      if (this[kNative] !== null) applySettings(this);
    },
  });
}
// Rust counts the connections that it takes.
Server.prototype[kLimitChanged] = function() {
  if (this[kNative] !== null) applySettings(this);
  if (!this._attached) net.Server.prototype[kLimitChanged].call(this);
};

function applySettings(server) {
  const { keepAliveTimeout, keepAliveTimeoutBuffer, timeout, httpAllowHalfOpen, maxHeadersCount } = server[kSettings];
  const native = server[kNative];
  native.setTimeouts(keepAliveTimeout > 0 ? keepAliveTimeout + keepAliveTimeoutBuffer : 0, timeout > 0 ? timeout : 0);
  const limit = typeof server.maxConnections === 'number' ? server.maxConnections : -1;
  const maxHeaders = (typeof maxHeadersCount === 'number' ? maxHeadersCount : MAX_HEADERS) || 2 ** 32 - 1;
  native.setLimits(server.maxHeaderSize || maxHeaderSize(), maxHeaders, limit, Boolean(server.dropMaxConnection), Boolean(httpAllowHalfOpen));
}

function native(server) {
  if (server[kNative] === null) {
    ensureCallbacks();
    diagnostics.ensure();
    const made = server[kNative] = new ops.HttpServer();
    made.setOwner(server);
    made.setSocketOptions(server.noDelay, server.keepAlive, server.keepAliveInitialDelay);
    applySettings(server);
  }
  return server[kNative];
}

// Connections.

// The listening handle: Rust takes its connections, unless somebody wants to see each of them.
Server.prototype[kAttachHandle] = function(handle) {
  if (this.listenerCount('connection') > 1 || this.blockList) return;
  if (handle.serveHttp) handle.serveHttp(native(this));
  else native(this).attach(handle);
  this._attached = handle;
};

function onNewListener(event) {
  if (event !== 'connection' || !this._attached) return;
  // From here on connections are made known.
  if (this._attached.serveHttp) this._attached.setOwner(this);
  else native(this).detach(this._attached);
  this._attached = null;
  this[kLimitChanged]();
}

// A connection that came as a stream: from a listener that shows each of them, or from anywhere by emit('connection').
function connectionListener(socket) {
  if (typeof socket?.on !== 'function') throw new ERR_INVALID_ARG_TYPE('socket', 'stream.Duplex', socket);
  sockets.adopt(this, native(this), socket);
}

Server.prototype.getConnections = function(cb) {
  return net.Server.prototype.getConnections.call(this, (err, count) => {
    if (err || this[kNative] === null) cb(err, count);
    else cb(null, Math.max(count, this[kNative].connections()));
  });
};

Server.prototype._emitCloseIfDrained = function() {
  if (this[kNative] !== null && this[kNative].connections() > 0) return;
  net.Server.prototype._emitCloseIfDrained.call(this);
};

Server.prototype.close = function(cb) {
  stopChecking(this);
  const wasOpen = this._handle !== null;
  this[kNative]?.closeIdleConnections();
  net.Server.prototype.close.call(this, cb);
  this[kClosing] = true;
  if (wasOpen) this[kNative]?.close();
  return this;
};

Server.prototype[Symbol.asyncDispose] = async function() {
  if (!this._handle) return;
  await new Promise((resolve, reject) => this.close((err) => (err ? reject(err) : resolve())));
};

Server.prototype.closeIdleConnections = function() {
  this[kNative]?.closeIdleConnections();
};

Server.prototype.closeAllConnections = function() {
  this[kNative]?.closeAllConnections();
};

// Timeouts.

Server.prototype.setTimeout = function(msecs, callback) {
  this.timeout = msecs;
  if (callback) this.on('timeout', callback);
  return this;
};

// Requests that take too long are looked for now and then.
function startChecking() {
  this[kClosing] = false;
  stopChecking(this);
  this[kConnectionsCheckingInterval] = setInterval(checkConnections, this.connectionsCheckingInterval, this);
  this[kConnectionsCheckingInterval].unref();
}

function stopChecking(server) {
  if (server[kConnectionsCheckingInterval]) clearInterval(server[kConnectionsCheckingInterval]);
}

function checkConnections(server) {
  if (server.headersTimeout === 0 && server.requestTimeout === 0) return;
  server[kNative]?.checkRequests(server.headersTimeout, server.requestTimeout);
}

// What Rust tells.
Server.prototype[kEvent] = function(kind, a, b) {
  switch (kind) {
    case GONE: this._emitCloseIfDrained(); break;
    case REFUSED:
      withExchange(a, (exchange) => {
        if (typeof b === 'number') sockets.broken(this, exchange, b);
        else sockets.refused(this, exchange, parseError(b));
      });
      break;
    case TIMEOUT: withExchange(a, (exchange) => sockets.late(this, exchange, b)); break;
    case DROPPED: this.emit('drop', a); break;
    default:
  }
};

// An exchange that stands for its connection only.
function withExchange(id, use) {
  const exchange = new Exchange(id, null);
  try {
    use(exchange);
  } finally {
    exchange.release();
  }
}

// Requests.

Server.prototype[kRequest] = function(id, flags) {
  const exchange = new Exchange(id, null);
  const req = new this[kIncomingMessage](exchange, flags);
  beginAsync(req, 'HTTPINCOMINGMESSAGE');
  req[kMakeSocket] = makeSocket;
  req[kServer] = this;
  if (this.joinDuplicateHeaders) req.joinDuplicateHeaders = true;
  if ((flags & (UPGRADE | CONNECT)) !== 0 && sockets.upgrades(this, req, exchange, flags)) return;
  const res = new this[kServerResponse](req, this);
  res[kSink] = exchange;
  res[kServer] = this;
  res._keepAliveTimeout = this[kSettings].keepAliveTimeout;
  res._maxRequestsPerSocket = this.maxRequestsPerSocket;
  if (this[kUniqueHeaders] !== null) res._uniqueHeaders = this[kUniqueHeaders];
  const existing = exchange.getSocket();
  if (existing !== undefined) sockets.assign(existing, req, res);
  if (this.optimizeEmptyRequests && (flags & FRAMED) === 0) req._dumpAndCloseReadable();
  exchange.owner = res;
  // As much of the body as its buffer takes is read before anybody asks for it.
  if ((flags & BODY) !== 0) exchange.readStart();
  if (diagnostics.started.hasSubscribers) diagnostics.started.publish({ request: req, response: res, socket: req.socket, server: this });
  if (diagnostics.created.hasSubscribers) diagnostics.created.publish({ request: req, response: res });
  try {
    if ((flags & HTTP_1_1) === 0 || !refuses(this, req, res, exchange, flags)) this.emit('request', req, res);
  } finally {
    // As in Node, only now.
    if ((flags & BODY) === 0) req.complete = true;
  }
};

Server.prototype._isClosing = function() {
  return this[kClosing];
};

// Called when a response is done.
Server.prototype._responseDone = function(req, res) {
  if (diagnostics.finished.hasSubscribers) diagnostics.finished.publish({ request: req, response: res, socket: req.socket, server: this });
  sockets.unassign(req, res);
};

// What does not become a 'request'.
function refuses(server, req, res, exchange, flags) {
  if (server.requireHostHeader && (flags & HOST) === 0) {
    res.writeHead(400, ['Connection', 'close']);
    res.end();
    return true;
  }
  const limit = server.maxRequestsPerSocket;
  if (typeof limit === 'number' && limit > 0) {
    const { number } = exchange;
    res.maxRequestsOnConnectionReached = limit <= number;
    if (limit < number) {
      server.emit('dropRequest', req, req.socket);
      res.writeHead(503);
      res.end();
      return true;
    }
  }
  return (flags & EXPECT) !== 0 && expects(server, req, res);
}

// 'checkContinue' and 'checkExpectation'; true when one of them has the request.
function expects(server, req, res) {
  if (/(?:^|\W)100-continue(?:$|\W)/i.test(req.headers.expect)) {
    res._expect_continue = true;
    if (server.listenerCount('checkContinue') > 0) {
      server.emit('checkContinue', req, res);
      return true;
    }
    res.writeContinue();
    return false;
  }
  if (server.listenerCount('checkExpectation') > 0) {
    server.emit('checkExpectation', req, res);
  } else {
    res.writeHead(417);
    res.end();
  }
  return true;
}

// `req.socket`, one for each connection.
function makeSocket() {
  const server = this[kServer];
  const exchange = this[kExchange];
  const socket = sockets.socketOf(server, exchange, server[kNative]);
  const res = exchange.owner;
  if (res !== null && !res._closed) sockets.assign(socket, this, res);
  else sockets.showPast(socket, this);
  return socket;
}

Server.prototype[Symbol.for('nodejs.rejection')] = function(err, event, ...args) {
  switch (event) {
    case 'request': {
      const [, res] = args;
      if (!res.headersSent && !res.writableEnded) {
        // What was prepared for another answer is of no use here.
        for (const name of res.getHeaderNames()) res.removeHeader(name);
        res.statusCode = 500;
        res.end('Internal Server Error');
      } else {
        res.destroy();
      }
      break;
    }
    default:
      net.Server.prototype[Symbol.for('nodejs.rejection')].call(this, err, event, ...args);
  }
};

module.exports = { Server, _connectionListener: connectionListener, begin, kConnectionsCheckingInterval, prepare };

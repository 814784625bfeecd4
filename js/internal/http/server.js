'use strict';
// http.Server: a net.Server whose connections Rust serves (ext_net/src/http). JavaScript sees requests; it sees connections only where somebody
// listens for them or brings them.

const net = require('net');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateBoolean, validateInteger, validateObject } = require('internal/validators');
const { kAttachHandle } = require('internal/net/server');
const { kHandle } = require('internal/net/socket');
const { ConnectionSocket } = require('internal/http/connection_socket');
const {
  ABORTED, CONNECTIONS_GONE, CONNECTION_CLOSED, DRAINED, FINISHED, REQUEST_EXPECT,
} = require('internal/http/flags');
const { IncomingMessage, kBody, kExchange, kMakeSocket } = require('internal/http/incoming');
const { kSink } = require('internal/http/outgoing');
const { ServerResponse } = require('internal/http/server_response');

const kNative = Symbol('kNative');
const kIncomingMessage = Symbol('IncomingMessage');
const kServerResponse = Symbol('ServerResponse');
const kServer = Symbol('kServer');

let ready = false;

// Once per process: what Rust calls.
function ensureCallbacks() {
  if (ready) return;
  ready = true;
  ops.op_net_http_callbacks_set(
    function onRequest(exchange) {
      handleRequest(this, exchange);
    },
    // `this` is the response.
    function onBody(status, buffer) {
      this.req[kBody](status, buffer);
    },
    // `this` is a response, a connection's socket, or a server, by the kind of event.
    function onEvent(kind) {
      switch (kind) {
        case DRAINED: this._onDrained(); break;
        case FINISHED: this._onFinished(); break;
        case ABORTED: this._onAborted(); break;
        case CONNECTION_CLOSED: this.destroy(); break;
        case CONNECTIONS_GONE: this._emitCloseIfDrained(); break;
        default:
      }
    },
  );
}

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = {};
  } else if (options == null) {
    options = {};
  } else {
    validateObject(options, 'options');
    options = { ...options };
  }
  net.Server.call(this, { allowHalfOpen: true, noDelay: options.noDelay ?? true, keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay, highWaterMark: options.highWaterMark });
  this[kIncomingMessage] = options.IncomingMessage || IncomingMessage;
  this[kServerResponse] = options.ServerResponse || ServerResponse;
  this[kNative] = null;
  storeOptions(this, options);
  if (requestListener) this.on('request', requestListener);
  this.httpAllowHalfOpen = false;
  this.on('connection', connectionListener);
  this.on('newListener', onNewListener);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

function storeOptions(server, options) {
  const integer = (name, fallback) => {
    const value = options[name];
    if (value === undefined) return fallback;
    validateInteger(value, name, 0);
    return value;
  };
  const boolean = (name, fallback) => {
    const value = options[name];
    if (value === undefined) return fallback;
    validateBoolean(value, `options.${name}`);
    return value;
  };
  server.maxHeaderSize = integer('maxHeaderSize', undefined);
  server.requestTimeout = integer('requestTimeout', 300_000);
  server.headersTimeout = integer('headersTimeout', Math.min(60_000, server.requestTimeout));
  server.keepAliveTimeout = integer('keepAliveTimeout', 5_000);
  server.connectionsCheckingInterval = integer('connectionsCheckingInterval', 30_000);
  server.insecureHTTPParser = boolean('insecureHTTPParser', undefined);
  server.requireHostHeader = boolean('requireHostHeader', true);
  server.joinDuplicateHeaders = boolean('joinDuplicateHeaders', undefined);
  server.rejectNonStandardBodyWrites = boolean('rejectNonStandardBodyWrites', false);
  server.timeout = 0;
  server.maxHeadersCount = null;
  server.maxRequestsPerSocket = 0;
}

function native(server) {
  if (server[kNative] === null) {
    ensureCallbacks();
    server[kNative] = new ops.HttpServer();
    server[kNative].setOwner(server);
    server[kNative].setKeepAliveTimeout(server.keepAliveTimeout);
  }
  return server[kNative];
}

// The listening handle: Rust takes its connections, unless somebody wants to see each of them.
Server.prototype[kAttachHandle] = function(handle) {
  if (this.listenerCount('connection') > 1 || this.maxConnections != null) return;
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
}

// A connection that came as a socket: from a 'connection' listener's server, or from anywhere by emit('connection').
function connectionListener(socket) {
  const handle = socket[kHandle];
  if (!(handle instanceof ops.StreamHandle)) throw new ERR_INVALID_ARG_TYPE('socket', 'net.Socket', socket);
  // The addresses are the handle's, which goes away now.
  socket._getpeername();
  socket._getsockname();
  socket.server ??= this;
  handle.readStop();
  const status = native(this).serve(handle, socket);
  socket[kHandle] = null;
  if (status) socket.destroy();
}

function handleRequest(server, exchange) {
  const { flags } = exchange;
  const req = new server[kIncomingMessage](exchange, flags);
  req[kMakeSocket] = makeSocket;
  req[kServer] = server;
  if (server.joinDuplicateHeaders) req.joinDuplicateHeaders = true;
  const res = new server[kServerResponse](req, server);
  res[kSink] = exchange;
  res._keepAliveTimeout = server.keepAliveTimeout;
  exchange.setOwner(res);
  if ((flags & REQUEST_EXPECT) !== 0 && expects(server, req, res)) return;
  server.emit('request', req, res);
}

// 'checkContinue' and 'checkExpectation'; true when one of them has the request.
function expects(server, req, res) {
  const { expect } = req.headers;
  if (expect === undefined) return false;
  if (/(?:^|\W)100-continue(?:$|\W)/i.test(expect)) {
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
  const exchange = this[kExchange];
  let socket = exchange.getSocket();
  if (socket === undefined) {
    const server = this[kServer];
    socket = new ConnectionSocket(exchange, server);
    exchange.setSocket(socket);
    if (server.timeout > 0) {
      socket.setTimeout(server.timeout);
      socket.on('timeout', () => {
        if (!server.emit('timeout', socket)) socket.destroy();
      });
    }
  }
  return socket;
}

Server.prototype.setTimeout = function(msecs, callback) {
  this.timeout = msecs;
  if (callback) this.on('timeout', callback);
  return this;
};

Server.prototype.close = function(...args) {
  net.Server.prototype.close.apply(this, args);
  this.closeIdleConnections();
  return this;
};

Server.prototype[Symbol.asyncDispose] = async function() {
  await new Promise((resolve, reject) => this.close((err) => (err ? reject(err) : resolve())));
};

Server.prototype._emitCloseIfDrained = function() {
  if (this[kNative] !== null && this[kNative].connections() > 0) return;
  net.Server.prototype._emitCloseIfDrained.call(this);
};

Server.prototype.getConnections = function(cb) {
  if (this[kNative] === null) return net.Server.prototype.getConnections.call(this, cb);
  return net.Server.prototype.getConnections.call(this, (err, count) => cb(err, err ? count : Math.max(count, this[kNative].connections())));
};

Server.prototype.closeIdleConnections = function() {
  this[kNative]?.closeIdleConnections();
};

Server.prototype.closeAllConnections = function() {
  this[kNative]?.closeAllConnections();
};

module.exports = { Server, _connectionListener: connectionListener };

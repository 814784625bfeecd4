'use strict';
// The net.Socket of a connection that Rust serves: made when somebody asks for `req.socket`. Its addresses, its end and its timeout are the
// connection's; its bytes are hyper's.

const { Socket } = require('net');
const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');

const kExchange = Symbol('kExchange');

function ConnectionSocket(exchange, server) {
  Socket.call(this, { allowHalfOpen: true, manualStart: true });
  this[kExchange] = exchange;
  this.server = server;
  this._server = null;
}
Object.setPrototypeOf(ConnectionSocket.prototype, Socket.prototype);
Object.setPrototypeOf(ConnectionSocket, Socket);

ConnectionSocket.prototype._getpeername = function() {
  return addressOf(this, '_peername', 'getpeername');
};

ConnectionSocket.prototype._getsockname = function() {
  return addressOf(this, '_sockname', 'getsockname');
};

function addressOf(socket, cache, method) {
  if (!socket[cache]) {
    const out = {};
    if (socket[kExchange][method](out)) return out;
    socket[cache] = out;
  }
  return socket[cache];
}

ConnectionSocket.prototype._read = function() {};

ConnectionSocket.prototype._writeGeneric = function(writev, data, encoding, cb) {
  cb(new ERR_METHOD_NOT_IMPLEMENTED('socket.write() on an HTTP connection'));
};

ConnectionSocket.prototype._final = function(cb) {
  cb();
};

ConnectionSocket.prototype._destroy = function(err, cb) {
  this[kExchange].abort();
  Socket.prototype._destroy.call(this, err, cb);
};

Object.defineProperties(ConnectionSocket.prototype, {
  readyState: { __proto__: null, configurable: true, get() { return this.destroyed ? 'closed' : 'open'; } },
  pending: { __proto__: null, configurable: true, get() { return false; } },
});

module.exports = { ConnectionSocket };

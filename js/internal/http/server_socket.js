'use strict';
// The connections of a server as JavaScript knows them: the net.Socket that is made when somebody asks for `req.socket`, streams that the program
// brings, what happens to a connection that is refused, that is late, or that becomes another protocol's.

const { Socket } = require('net');
const { Buffer } = require('buffer');
const { codes: { ERR_HTTP_REQUEST_TIMEOUT, ERR_HTTP_SOCKET_ENCODING }, ErrnoException } = require('internal/errors');
const { nextTick } = require('internal/process/task_queues');
const { kFault, kPassOn } = require('internal/net/passing');
const { kHandle } = require('internal/net/socket');
const { drive, makeSocket, release: releaseSocket } = require('internal/http/driven_socket');
const { DuplexLink, kLink } = require('internal/http/duplex_link');
const { BODY, CLOSED, CLOSED_BY_PEER, CONNECT, LATE_REQUEST } = require('internal/http/flags');
const { kSocket } = require('internal/http/incoming');
const { STATUS_CODES } = require('internal/http/status');
const { splitUpgrade } = require('internal/http/upgrade_stream');

const kServer = Symbol('kServer');

// As much as Node's own parser shows: which request is under way.
class ParserView {
  constructor(socket) {
    this.socket = socket;
    this.incoming = null;
    this.maxHeaderPairs = 2000;
  }

  free() {}

  close() {}

  remove() {}
}

// Makes `socket` this server's: a net.Socket whose bytes Rust moves, or the stream behind a link.
function prepare(server, socket) {
  socket.server ??= server;
  socket._httpMessage ??= null;
  socket.parser = new ParserView(socket);
  socket.setEncoding = refuseEncoding;
  socket[kServer] = server;
  for (const event of Object.keys(listeners)) socket.on(event, listeners[event]);
  if (server.timeout > 0) socket.setTimeout?.(server.timeout);
}

function refuseEncoding() {
  throw new ERR_HTTP_SOCKET_ENCODING();
}

// What a server listens for on its connections' sockets; `this` is the socket.
const listeners = {
  __proto__: null,

  error(err) {
    this.removeListener('error', listeners.error);
    // What follows from the first error is none of anybody's business.
    if (this.listenerCount('error', ignore) === 0) this.on('error', ignore);
    fail(this[kServer], this, err);
  },

  close() {
    this.parser?.free();
  },

  timeout() {
    onTimeout(this[kServer], this);
  },
};

function ignore() {}

// The socket of a connection.
function socketOf(server, exchange, native) {
  if (exchange.released) return lateSocketOf(server, native.socket(exchange.connection));
  const owner = exchange.getSocket();
  if (owner !== undefined) return owner instanceof DuplexLink ? owner.stream : owner;
  const socket = makeSocket(exchange.makeHandle(), onSocketEvent);
  prepare(server, socket);
  return socket;
}

// The same for who asks after the response, when the connection may have gone.
function lateSocketOf(server, found) {
  if (found instanceof DuplexLink) return found.stream;
  if (found instanceof Socket) return found;
  const socket = found === undefined ? new Socket() : makeSocket(found, onSocketEvent);
  prepare(server, socket);
  if (found === undefined) socket.destroy();
  return socket;
}

// A stream that becomes a connection of the server.
function adopt(server, native, socket) {
  prepare(server, socket);
  const handle = socket[kHandle];
  if (handle instanceof ops.StreamHandle && socket instanceof Socket) {
    // The addresses are the handle's, which goes away now.
    socket._getpeername();
    take(socket, native.serve(handle, Buffer.concat(readAll(socket))));
  } else if (socket[kPassOn]) {
    socket[kPassOn]((below, connection, ahead) => {
      if (below === null) link(native, socket);
      else takeSecure(native, socket, below, connection, ahead);
    });
  } else {
    link(native, socket);
  }
}

// Rust has the connection of a socket.
function take(socket, driven) {
  if (driven === null) {
    socket.destroy();
    return;
  }
  drive(socket, driven, onSocketEvent);
  socket.removeAllListeners = removeAllListeners;
}

// The same of one that carries TLS.
function takeSecure(native, socket, below, connection, ahead) {
  const hasRef = below.hasRef();
  const told = readAll(socket);
  const driven = native.serveSecure(below, connection);
  take(socket, driven);
  if (driven === null) return;
  if (!hasRef) driven.unref();
  // Others than HTTP may listen by now.
  if (socket.readableFlowing || socket.listenerCount('readable') > 0) driven.readStart();
  for (const bytes of [...told, ahead]) if (bytes.length > 0) driven.inject(bytes);
}

// What the stream has. One that flows gives a piece at a time.
function readAll(socket) {
  const pieces = [];
  for (let piece = socket.read(); piece !== null; piece = socket.read()) pieces.push(piece);
  return pieces;
}

function link(native, socket) {
  const made = new DuplexLink(socket, (kind, status) => onLinkEvent(made, kind, status));
  native.servePipe(made.pipe, typeof socket.setTimeout === 'function');
}

// In Node HTTP reads by a 'data' listener: a program that removes it wants the bytes for itself (to look at them and hand the socket to a worker, say).
function removeAllListeners(...args) {
  const idle = this._httpMessage === null && this.parser?.incoming === null;
  if (idle && (args.length === 0 || args[0] === 'data')) {
    delete this.removeAllListeners;
    this.allowHalfOpen = false;
    releaseSocket(this);
    this.readableFlowing = null;
  }
  return Reflect.apply(Socket.prototype.removeAllListeners, this, args);
}

// The connection has ended; `this` is the socket.
function onSocketEvent(kind, status) {
  if (this.destroyed || (kind !== CLOSED && kind !== CLOSED_BY_PEER)) return;
  if (status < 0) {
    this.destroy(this[kFault]?.() ?? new ErrnoException(status, 'read'));
    return;
  }
  if (kind === CLOSED_BY_PEER && !this.readableEnded) {
    this.push(null);
    this.read(0);
  }
  this.destroy();
}

// A stream whose end is written is not torn down under what it has still to give: it goes when its other side has ended, too.
function onLinkEvent(link, kind, status) {
  const { stream } = link;
  if (status < 0 || !link.shut || stream.destroyed || stream.readableEnded) {
    Reflect.apply(onSocketEvent, stream, [kind, status]);
  } else if (kind === CLOSED || kind === CLOSED_BY_PEER) {
    link.detach();
    stream.resume();
  }
}

// While a request is under way, its connection knows it.
function assign(owner, req, res) {
  const socket = owner instanceof DuplexLink ? owner.stream : owner;
  req[kSocket] = socket;
  if (socket.parser) socket.parser.incoming = req;
  if (!socket._httpMessage) {
    socket._httpMessage = res;
    socket.on('close', onResponseClose);
    if (res._eventsCount > 0) res.emit('socket', socket);
  } else {
    (socket._httpWaiting ??= []).push(res);
  }
}

// Who asks for the socket in the last event of a request whose response is out still finds the request under way.
function showPast({ parser }, req) {
  if (!parser || parser.incoming !== null) return;
  parser.incoming = req;
  nextTick(forget, parser, req);
}

function forget(parser, req) {
  if (parser.incoming === req) parser.incoming = null;
}

// The connection of a response that is not out has closed.
function onResponseClose() {
  this._httpMessage?._onAborted();
}

function unassign(req, res) {
  const socket = req[kSocket];
  if (!socket || socket._httpMessage !== res) return;
  socket._httpMessage = socket._httpWaiting?.shift() ?? null;
  if (socket._httpMessage === null) socket.removeListener('close', onResponseClose);
  // The last response ends the connection.
  // A link ends its stream itself, when what Rust has still to write is written.
  if (res._last && socket[kLink] === undefined) socket.destroySoon?.();
  if (socket.parser?.incoming === req) {
    if (req.readableEnded || !req._consumed) socket.parser.incoming = null;
    else req.once('end', () => { if (socket.parser) socket.parser.incoming = null; });
  }
}

// Refusals.

const answers = {
  __proto__: null,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

// What came is no request. A connection that nobody has looked at needs no socket to be refused.
function refused(server, exchange, err) {
  const owner = exchange.getSocket();
  if (owner === undefined && server.listenerCount('clientError') === 0) {
    exchange.refuse(refusal(err));
    return;
  }
  Reflect.apply(listeners.error, socketOf(server, exchange), [err]);
}

// A connection that nobody has looked at broke: that is news for 'clientError' only.
function broken(server, exchange, errno) {
  if (server.listenerCount('clientError') > 0) socketOf(server, exchange).destroy(new ErrnoException(errno, 'read'));
}

// 'clientError', else an answer and the end.
function fail(server, socket, err) {
  if (server.emit('clientError', err, socket)) return;
  // A response that has begun would be spoilt by another.
  if (socket.writable && !socket._httpMessage?.headersSent) socket.write(refusal(err), 'latin1');
  socket.destroy(err);
}

function refusal(err) {
  const status = answers[err.code] ?? 400;
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`;
}

// Timeouts.

// Rust found a connection late.
function late(server, exchange, kind) {
  if (kind === LATE_REQUEST) {
    refused(server, exchange, new ERR_HTTP_REQUEST_TIMEOUT());
    return;
  }
  const owner = exchange.getSocket();
  if (owner === undefined && server.listenerCount('timeout') === 0) {
    exchange.abort();
    return;
  }
  const socket = socketOf(server, exchange);
  // The timer of the socket itself would say the same.
  onTimeout(server, socket);
}

function onTimeout(server, socket) {
  const res = socket._httpMessage;
  const req = socket.parser?.incoming;
  const reqHeard = Boolean(req && !req.complete && req.emit('timeout', socket));
  const resHeard = Boolean(res?.emit('timeout', socket));
  const serverHeard = server.emit('timeout', socket);
  if (!reqHeard && !resHeard && !serverHeard) socket.destroy();
}

// Another protocol.

// A request that asks for one. False when it is an ordinary request after all.
function upgrades(server, req, exchange, flags) {
  const isConnect = (flags & CONNECT) !== 0;
  const event = isConnect ? 'connect' : 'upgrade';
  let wanted = isConnect;
  try {
    if (!isConnect) wanted = Boolean(server.shouldUpgradeCallback(req));
  } catch (err) {
    exchange.abort();
    throw err;
  }
  if (!wanted) {
    req.upgrade = false;
    exchange.goOn();
    return false;
  }
  req.upgrade = true;
  const socket = socketOf(server, exchange);
  req[kSocket] = socket;
  if (server.listenerCount(event) === 0) {
    socket.destroy();
    exchange.release();
    return true;
  }
  const read = Buffer.from(release(socket, exchange));
  exchange.release();
  if (isConnect || (flags & BODY) === 0) {
    req.complete = true;
    server.emit(event, req, socket, read);
  } else {
    const [stream, head] = splitUpgrade(req, socket, read);
    server.emit(event, req, stream, head);
  }
  return true;
}

// Gives the connection back to its socket; what was read ahead.
function release(socket, exchange) {
  for (const event of Object.keys(listeners)) socket.removeListener(event, listeners[event]);
  socket.removeListener('close', onResponseClose);
  socket.parser = null;
  socket._httpMessage = null;
  delete socket.setEncoding;
  delete socket.removeAllListeners;
  const ahead = exchange.takeOver();
  if (socket[kLink] !== undefined) socket[kLink].detach();
  else releaseSocket(socket);
  socket.readableFlowing = null;
  return ahead;
}

module.exports = { adopt, assign, broken, late, refused, showPast, socketOf, unassign, upgrades };

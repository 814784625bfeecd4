'use strict';
// What happens on a client's socket: a request gets it, its response comes, it ends too early, it is given back to the agent.
//
// A connected net.Socket lends its descriptor to Rust (ext_net/src/http/client.rs) with its first request and keeps it so, and so does a TLSSocket on one when its
// handshake is done; any other stream is linked to it (duplex_link.js).

const { Socket } = require('net');
const { Buffer } = require('buffer');
const { ConnResetException, ErrnoException } = require('internal/errors');
const { nextTick } = require('internal/process/task_queues');
const { kFault, kPassOn } = require('internal/net/passing');
const { isIntercepted, kHandle } = require('internal/net/socket');
const { begin: beginAsync, end: endAsync } = require('internal/http/async_ids');
const { ensureCallbacks } = require('internal/http/callbacks');
const diagnostics = require('internal/http/diagnostics');
const { drive, release } = require('internal/http/driven_socket');
const { DuplexLink } = require('internal/http/duplex_link');
const { Exchange } = require('internal/http/exchange_table');
const { BODY, CLOSED, CLOSED_BY_PEER, HTTP_1_1, KEEP_ALIVE, REFUSED, UNASKED, UNTIL_END } = require('internal/http/flags');
const { IncomingMessage, UV_EOF, kBodyIn, kExchange, kFlags, kHighWaterMark, kMaxHeaders, kSocket } = require('internal/http/incoming');
const { headersOf } = require('internal/http/incoming_headers');
const { MAX_HEADERS, maxHeaderSize } = require('internal/http/limits');
const { StreamSink, kSinkFlags, kStreaming } = require('internal/http/outgoing');
const { parseError } = require('internal/http/parse_error');
const { failUnsent } = require('internal/http/unsent');

const kClient = Symbol('kClient');
const kExact = Symbol('kExact');
const kKept = Symbol('kKept');
const kParser = Symbol('kParser');
const kFinishing = Symbol('kFinishing');

let emitError;
function setEmitError(implementation) {
  emitError = implementation;
}

// One of Rust's connections, for as long as the socket lives.
class Client {
  constructor(socket) {
    this.socket = socket;
    this.native = null;
    this.link = null;
    // Of a link: Rust has seen the end.
    this.settled = false;
  }

  // Calls `done` once there is a connection, if there comes to be one.
  open(maxHead, done) {
    if (this.native !== null) {
      this.native.setMaxHead(maxHead);
      done();
      return;
    }
    ensureCallbacks();
    const { socket } = this;
    if (socket[kHandle] instanceof ops.StreamHandle && socket instanceof Socket && !isIntercepted(socket)) {
      const handle = socket[kHandle];
      const hasRef = handle.hasRef();
      socket._getpeername();
      if (this.take(ops.HttpClient.overSocket(handle, maxHead), hasRef)) done();
    } else if (socket[kPassOn] && !isIntercepted(socket)) {
      socket[kPassOn]((below, connection, ahead) => {
        if (below === null) {
          this.connect(maxHead);
          done();
          return;
        }
        const hasRef = below.hasRef();
        if (!this.take(ops.HttpClient.overSecure(below, connection, maxHead), hasRef)) return;
        if (ahead.length > 0) socket[kHandle].inject(ahead);
        done();
      });
    } else {
      this.connect(maxHead);
      done();
    }
  }

  // Rust has the connection of a socket.
  take(native, hasRef) {
    const { socket } = this;
    this.native = native;
    if (native === null) {
      socket.destroy();
      return false;
    }
    const driven = native.handle();
    if (!hasRef) driven.unref();
    drive(socket, driven, onSocketEvent);
    return true;
  }

  connect(maxHead) {
    const { socket } = this;
    // It is not to end by itself before Rust has seen all of it.
    this.allowHalfOpen = socket.allowHalfOpen;
    socket.allowHalfOpen = true;
    this.link = new DuplexLink(socket, (kind, a, b) => Reflect.apply(onSocketEvent, socket, [kind, a, b]), true);
    this.native = ops.HttpClient.overPipe(this.link.pipe, maxHead);
  }
}

// A request gets its socket.
function attach(req, socket) {
  req.socket = socket;
  req.parser = socket.parser = (socket[kParser] ??= { socket, incoming: null, free() {}, close() {}, finish() {} });
  socket._httpMessage = req;
  beginAsync(req, 'HTTPCLIENTREQUEST');
  socket.on('error', onSocketError);
  socket.on('end', onSocketEnd);
  socket.on('close', onSocketClose);
  if (req.timeout !== undefined || req.agent?.options?.timeout) listenTimeout(req);
  req.emit('socket', socket);
  // Who intercepts the socket decides by what is written whether it is to be connected at all.
  if (socket.connecting && !(socket instanceof Socket && isIntercepted(socket))) {
    const onConnect = () => {
      if (socket._httpMessage === req && !socket.destroyed) begin(req, socket);
    };
    socket.once('connect', onConnect);
  } else if (!socket.destroyed) {
    begin(req, socket);
  }
}

// The socket is connected: what the request has written goes out.
function begin(req, socket) {
  if (req.destroyed) return;
  if (!(socket instanceof Socket) || socket[kHandle] || isIntercepted(socket)) {
    const client = (socket[kClient] ??= new Client(socket));
    client.open(req.maxHeaderSize || maxHeaderSize(), () => send(req, socket, client));
  }
}

function send(req, socket, client) {
  if (req.destroyed) return;
  const exchange = new Exchange(client.native.exchange(), req);
  req[kExchange] = exchange;
  const diverts = client.link === null ? Object.hasOwn(socket, 'write') : socket instanceof Socket && socket.connecting;
  req._setSink(diverts ? diverted(req, socket, exchange) : exchange);
}

// Where a program has put a write() of its own on the socket, or itself behind it, it is to see the bytes: then the request is framed here, and hyper is told only
// that there was one.
function diverted(req, socket, exchange) {
  exchange.respondText('', req[kSinkFlags], '');
  return new StreamSink(socket, req);
}

// end() was called, and all has been given to the sink.
function finishing(req) {
  req[kFinishing] = true;
  if (!req[kStreaming]) nextTick(finishNT, req);
}

function finishNT(req) {
  req.emit('finish');
}

// The sink has taken all.
function finished(req) {
  if (req[kFinishing]) finishNT(req);
}

// Responses.

// `rest` is what has come with its head, if anything has: whether it has ended, what is wrong behind it, and the pieces of its body.
function response(req, status, flags, rest) {
  const { socket } = req;
  if (req.res) {
    // A second one.
    socket.destroy();
    return;
  }
  const res = incoming(req, status, flags);
  if (req.shouldKeepAlive && (flags & (KEEP_ALIVE | UNTIL_END)) !== KEEP_ALIVE && !req.upgradeOrConnect) req.shouldKeepAlive = false;
  if (diagnostics.clientFinished.hasSubscribers && !req[kExact]) diagnostics.clientFinished.publish({ request: req, response: res });
  res.on('end', onResponseEnd);
  req.on('finish', onRequestFinish);
  socket.on('timeout', emitResponseTimeout);
  // Without a listener nobody can read it.
  // As much of the body as its buffer takes is read before anybody asks for it: the connection of a response that nobody reads can end.
  if ((flags & BODY) !== 0 && rest?.[0] !== true) req[kExchange].readStart();
  try {
    if (req.aborted || !req.emit('response', res)) res._dump();
  } finally {
    if ((flags & BODY) === 0) res.complete = true;
    if (rest !== undefined) arrived(socket, res, rest);
  }
}

function arrived(socket, res, rest) {
  const [ended, behind] = rest;
  for (let i = 2; i < rest.length; i++) res[kBodyIn](rest[i].byteLength, rest[i], ended && i === rest.length - 1);
  if (ended && rest.length === 2) res[kBodyIn](UV_EOF, undefined, true);
  if (behind !== undefined) broken(socket, behind);
}

// What came behind a response, in one piece with it, is none, with the details of an error, or is one that nobody asked for.
function broken(socket, behind) {
  if (behind === true) socket.destroy();
  else refuse(socket, behind);
}

function refuse(socket, details) {
  const req = socket._httpMessage;
  socket.removeListener('end', onSocketEnd);
  socket.destroy();
  if (req && req.socket === socket) {
    socket._hadError = true;
    emitError(req, parseError(details));
  }
}

function incoming(req, status, flags) {
  const exchange = req[kExchange];
  const res = new IncomingMessage(exchange, flags);
  res[kSocket] = req.socket;
  res[kHighWaterMark] = req.socket.readableHighWaterMark;
  res.statusCode = status;
  res.statusMessage = exchange.text;
  res.url = '';
  res.method = null;
  if (req.joinDuplicateHeaders) res.joinDuplicateHeaders = true;
  res[kMaxHeaders] = typeof req.maxHeadersCount === 'number' ? req.maxHeadersCount : MAX_HEADERS;
  res.upgrade = false;
  res.req = req;
  req.res = res;
  if (req.parser) req.parser.incoming = res;
  return res;
}

function interim(req, statusCode, statusMessage, rawHeaders, flags) {
  if (statusCode === 100) req.emit('continue');
  req.emit('information', {
    statusCode,
    statusMessage,
    httpVersion: (flags & HTTP_1_1) !== 0 ? '1.1' : '1.0',
    httpVersionMajor: 1,
    httpVersionMinor: (flags & HTTP_1_1) !== 0 ? 1 : 0,
    headers: headersOf(rawHeaders, req.joinDuplicateHeaders),
    rawHeaders,
  });
}

function upgraded(req, status, flags) {
  const { socket } = req;
  if (req.res) {
    socket.destroy();
    return;
  }
  // What follows is not HTTP's, whatever the head says of a body.
  const res = incoming(req, status, flags & ~BODY);
  res.upgrade = true;
  res.complete = true;
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (req.listenerCount(event) === 0) {
    socket.destroy();
    return;
  }
  const head = Buffer.from(req[kExchange].takeOver());
  req[kExchange].release();
  stopListening(req, socket);
  socket.parser = null;
  req.parser = null;
  letGo(socket);
  req.upgradeOrConnect = true;
  socket.emit('agentRemove');
  socket._httpMessage = null;
  socket.readableFlowing = null;
  req.emit(event, res, socket, head);
  req.destroyed = true;
  close(req);
}

// The socket is its user's.
function letGo(socket) {
  const client = socket[kClient];
  socket[kClient] = undefined;
  if (client.link !== null) {
    socket.allowHalfOpen = client.allowHalfOpen;
    client.link.detach();
  } else {
    release(socket);
  }
}

function close(req) {
  if (req._closed) return;
  req._closed = true;
  endAsync(req);
  req.emit('close');
}

function onResponseEnd() {
  const { req } = this;
  const { socket } = req;
  if (socket && req.timeoutCb) socket.removeListener('timeout', req.timeoutCb);
  req._ended = true;
  if (!req.shouldKeepAlive) {
    if (socket?.writable) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
    }
  } else if (req.writableFinished && !this.aborted) {
    keepSocket(req);
  }
}

function onRequestFinish() {
  if (this.shouldKeepAlive && this._ended) keepSocket(this);
}

// The exchange is over, and the socket may have another.
function keepSocket(req) {
  const { socket } = req;
  // Both ends may have been told of by now.
  if (req[kKept]) return;
  req[kKept] = true;
  if (req.timeoutCb) {
    socket.setTimeout?.(0, req.timeoutCb);
    req.timeoutCb = null;
  }
  stopListening(req, socket);
  req[kExchange]?.release();
  req.destroyed = true;
  if (req.res) {
    // Destroying the response must not end what is another request's then.
    req.res.socket = null;
    req.res[kSocket] = null;
  }
  // After the listeners of 'end' have had their turn.
  nextTick(freeNT, req);
}

function freeNT(req) {
  close(req);
  const { socket } = req;
  if (!socket) return;
  // A stream may have ended ahead of what Rust made of its bytes.
  if (isBehind(socket) && socket[kClient].link.ended && !socket.writableEnded) socket.end();
  socket.emit('free');
}

function stopListening(req, socket) {
  socket.removeListener('error', onSocketError);
  socket.removeListener('end', onSocketEnd);
  socket.removeListener('close', onSocketClose);
  socket.removeListener('timeout', emitResponseTimeout);
  if (req.timeoutCb) socket.removeListener('timeout', req.timeoutCb);
}

// Ends.

function hangUp(req) {
  if (req.socket._hadError) return;
  req.socket._hadError = true;
  emitError(req, new ConnResetException('socket hang up'));
}

function onSocketError(err) {
  const req = this._httpMessage;
  if (req) {
    // What follows from it is no further error.
    req.socket._hadError = true;
    emitError(req, err);
    const { res } = req;
    if (res && endsSo(res)) {
      res.complete = true;
      res.push(null);
    }
  }
  this.removeListener('end', onSocketEnd);
  this.destroy();
}

function onSocketEnd() {
  const req = this._httpMessage;
  // settle() comes back to it.
  if (isBehind(this)) return;
  if (!req.res && !req.socket._hadError) hangUp(req);
  if (!this.writableEnded) this.end();
}

function onSocketClose() {
  if (isBehind(this)) return;
  const req = this._httpMessage;
  const { res } = req;
  req.destroyed = true;
  failUnsent(req);
  if (res) {
    // Before the response was whole.
    if (!res.complete) res.destroy(new ConnResetException('aborted'));
    close(req);
    if (!res.aborted && res.readable) res.push(null);
    if (endsSo(res)) res.complete = true;
  } else {
    hangUp(req);
    close(req);
  }
  req.outputData = [];
  req.outputSize = 0;
  req[kExchange]?.release();
  req.parser = null;
  this.parser = null;
}

// Whether the connection's end, whatever its reason, is the end of a body that is still to end.
function endsSo(res) {
  return !res.complete && (res[kFlags] & (BODY | UNTIL_END)) === (BODY | UNTIL_END);
}

// A stream's events run ahead of what Rust has made of its bytes: its end counts against the request when Rust has come to it.
function isBehind(socket) {
  const client = socket[kClient];
  return client !== undefined && client.link !== null && !client.settled;
}

function settle(socket) {
  const client = socket[kClient];
  if (client.link === null || client.settled) return;
  client.settled = true;
  if (!socket._httpMessage) return;
  if (socket.listenerCount('end', onSocketEnd) > 0) Reflect.apply(onSocketEnd, socket, []);
  if (client.link.closed && socket.listenerCount('close', onSocketClose) > 0) Reflect.apply(onSocketClose, socket, []);
}

// What Rust tells of the connection; `this` is the socket.
function onSocketEvent(kind, a, b) {
  if (kind === REFUSED) {
    refuse(this, a);
    return;
  }
  if (kind === CLOSED || kind === CLOSED_BY_PEER) settle(this);
  if (this.destroyed) return;
  if (this._httpMessage === null) {
    // Of one that waits for a request, nobody hears how it ends.
    this.destroy();
    return;
  }
  if (kind !== CLOSED && kind !== CLOSED_BY_PEER) return;
  if (a < 0) {
    this.destroy(this[kFault]?.() ?? new ErrnoException(a, 'read'));
  } else if (!this.readableEnded) {
    this.push(null);
    this.read(0);
  } else {
    this.destroy();
  }
}

// Timeouts.

function emitRequestTimeout() {
  this._httpMessage?.emit('timeout');
}

function emitResponseTimeout() {
  this._httpMessage?.res?.emit('timeout');
}

function listenTimeout(req) {
  if (req.timeoutCb) return;
  // So that it is taken away when the request ends.
  req.timeoutCb = emitRequestTimeout;
  if (req.socket) req.socket.once('timeout', emitRequestTimeout);
  else req.on('socket', (socket) => socket.once('timeout', emitRequestTimeout));
}

module.exports = { attach, broken, finished, finishing, interim, kExact, listenTimeout, response, setEmitError, upgraded };

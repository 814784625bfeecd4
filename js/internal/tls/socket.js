'use strict';
// tls.TLSSocket: a net.Socket whose handle is a TLS connection (handle.js). Connecting is connect.js's, serving server.js's.

const net = require('net');
const { symbols: { context_symbol }, trackResource } = require('internal/async_hooks');
const { Buffer } = require('buffer');
const {
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS, ERR_TLS_HANDSHAKE_TIMEOUT,
    ERR_TLS_RENEGOTIATION_DISABLED, ERR_TLS_SNI_FROM_SERVER,
  },
  ErrnoException,
  makeClass,
} = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');
const { validateFunction, validateInt32, validateObject, validateString } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { afterEvents } = require('internal/net/pump');
const { ensurePump, kHandle, kUserBuffer } = require('internal/net/socket');
const { convertALPNProtocols } = require('internal/tls/alpn');
const { createSecureContext, nativeOf } = require('internal/tls/context');
const { sslError, verifyError } = require('internal/tls/errors');
const { appendKeyLine, keyLogFile } = require('internal/tls/key_log');
const {
  TlsHandle, asBuffer, kOnFailure, kOnHello, kOnKeyLine, kOnNewSession, kOnSecure, kOnSession,
} = require('internal/tls/handle');
const { askProgram } = require('internal/tls/hello');
const { passing } = require('internal/tls/passing');
const { NativeTransport, StreamTransport } = require('internal/tls/transport');
const { EMPTY, contextOf, facts, kAgreed, kChosen, kConnection, kSession } = require('internal/tls/facts');

const BadSession = makeClass(TypeError, 'ERR_INVALID_ARG_TYPE', 'Session must be a buffer');

const UV_EPROTO = -71;
const UV_ENOTCONN = -107;

const kBegun = Symbol('kBegun');
// The async context that the socket's events belong to.
const kContext = Symbol('kContext');
const kIsVerified = Symbol('verified');
const kPlaintextBuffer = Symbol('kPlaintextBuffer');
const kPendingSession = Symbol('pendingSession');
const kServername = Symbol('kServername');
const kStarted = Symbol('kStarted');
// What the carrier had read before.
const kAhead = Symbol('kAhead');
const kRequest = Symbol('kRequest');

function TLSSocket(socket, opts) {
  if (!(this instanceof TLSSocket)) return new TLSSocket(socket, opts);
  const options = { ...opts };
  if (options.pskCallback) throw new ERR_METHOD_NOT_IMPLEMENTED('tls pskCallback');
  if (options.enableTrace) throw new ERR_METHOD_NOT_IMPLEMENTED('tls enableTrace');
  if (options.ALPNProtocols) {
    convertALPNProtocols(options.ALPNProtocols, options);
    if (!isArrayBufferView(options.ALPNProtocols)) throw new TypeError('Must give a Buffer as first argument');
  }
  if (options.ALPNCallback) {
    validateFunction(options.ALPNCallback, 'options.ALPNCallback');
    if (options.ALPNProtocols) throw new ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS();
  }
  if (options.requestCert !== undefined && !options.isServer && options.server === undefined) options.requestCert = true;
  this._tlsOptions = options;
  this.encrypted = true;
  this._secureEstablished = false;
  this._securePending = false;
  this._newSessionPending = false;
  this._controlReleased = false;
  this.secureConnecting = true;
  this._SNICallback = null;
  this.servername = null;
  this.alpnProtocol = null;
  this.authorized = false;
  this.authorizationError = null;
  this[kIsVerified] = false;
  this[kPendingSession] = null;
  this[kSession] = EMPTY;
  this[kServername] = '';
  this[kStarted] = false;
  this[kBegun] = false;
  this[kAgreed] = null;
  const isServer = Boolean(options.isServer);
  options.isServer = isServer;
  if (isServer || options.secureContext === undefined) options.secureContext ??= createSecureContext(options);
  this.ssl = null;

  let handle = null;
  if (socket) {
    if (socket instanceof net.Socket && socket[kHandle] instanceof ops.StreamHandle && !(socket instanceof TLSSocket)) {
      handle = socket[kHandle];
    } else if (typeof socket.on !== 'function' || typeof socket.write !== 'function') {
      throw new ERR_INVALID_ARG_TYPE('socket', 'stream.Duplex', socket);
    }
  }
  const pauseOnCreate = Boolean(options.pauseOnConnect);
  net.Socket.call(this, {
    allowHalfOpen: socket ? socket.allowHalfOpen : options.allowHalfOpen,
    highWaterMark: options.highWaterMark,
    onread: socket ? null : options.onread,
    signal: options.signal,
    lookup: options.lookup,
    manualStart: true,
  });
  if (pauseOnCreate) this.readableFlowing = false;
  // What the carrier reads is not for the user.
  this[kPlaintextBuffer] = this[kUserBuffer];
  this[kUserBuffer] = null;

  this[kConnection] = new ops.TlsConnection(isServer);
  this[kContext] = core.getAsyncContext();
  // The handle takes its place when there is one.
  this.ssl = this[kConnection];
  this._requestCert = options.requestCert === true;
  this._rejectUnauthorized = options.rejectUnauthorized !== false;
  this[kRequest] = !isServer || !this._requestCert ? 0 : this._rejectUnauthorized ? 2 : 1;
  if (options.SNICallback) {
    validateFunction(options.SNICallback, 'options.SNICallback');
    this._SNICallback = options.SNICallback;
  }
  if ((isServer && options.server?.listenerCount('keylog') > 0) || keyLogFile()) this[kConnection].logKeys();
  if (isServer && options.server?.listenerCount('newSession') > 0) this[kConnection].tellSessions();
  this.on('newListener', onNewListener);
  if (options.session) this.setSession(options.session);

  if (socket) {
    this._parent = socket;
    adopt(this, socket, handle);
  } else {
    this.once('connect', onTransportConnected);
  }
  if (options.handshakeTimeout > 0) this.setTimeout(options.handshakeTimeout, this._handleTimeout);
  this.on('error', this._tlsError);
  if (socket && isServer) this._start();
}
Object.setPrototypeOf(TLSSocket.prototype, net.Socket.prototype);
Object.setPrototypeOf(TLSSocket, net.Socket);

function onNewListener(event) {
  if (event === 'keylog') this[kConnection].logKeys();
}

// Puts the connection on a stream that was brought.
function adopt(tls, socket, native) {
  ensurePump();
  socket.on('close', () => tls.destroy());
  if (native !== null) {
    tls.connecting = socket.connecting;
    if (socket.connecting) {
      socket.once('connect', () => {
        tls.connecting = false;
        if (!tls.destroyed && socket[kHandle]) setTransport(tls, new NativeTransport(socket[kHandle], socket));
        tls.emit('connect');
        if (tls[kStarted]) begin(tls);
      });
      return;
    }
    setTransport(tls, new NativeTransport(native, socket));
    tls[kAhead] = takeAhead(socket);
  } else if (socket.connecting || (socket instanceof net.Socket && socket.pending && !socket.destroyed)) {
    tls.connecting = true;
    socket.once('connect', () => {
      tls.connecting = false;
      if (tls.destroyed) return;
      // Before the listeners: what was written ahead waits among them.
      const own = socket[kHandle] instanceof ops.StreamHandle;
      setTransport(tls, own ? new NativeTransport(socket[kHandle], socket) : new StreamTransport(socket));
      tls.emit('connect');
      if (tls[kStarted]) begin(tls);
    });
    socket.on('error', (err) => tls.destroy(err));
  } else {
    setTransport(tls, new StreamTransport(socket));
  }
}

// What a socket has read but nobody has taken.
function takeAhead(socket) {
  if (socket.readableLength === 0) return undefined;
  return socket.read() ?? undefined;
}

function setTransport(tls, transport) {
  trackResource(transport, 'TLSWRAP');
  transport[context_symbol] = tls[kContext];
  const handle = new TlsHandle(tls[kConnection], transport);
  tls[kHandle] = handle;
  tls._sockname = undefined;
  tls._peername = undefined;
  handle.setOwner(tls);
  if (tls[kPlaintextBuffer] !== null) {
    tls[kUserBuffer] = tls[kPlaintextBuffer];
    handle.useUserBuffer(tls[kUserBuffer]);
  }
  // Node's name for it.
  tls.ssl = handle;
  handle.verifyError = () => tls.verifyError();
}

// The socket's own connection is made.
function onTransportConnected() {
  const native = this[kHandle];
  if (!native || native instanceof TlsHandle) return;
  if (Object.hasOwn(native, 'connect')) {
    awaitMockedHandshake(this, native);
    return;
  }
  setTransport(this, new NativeTransport(native, null));
  if (this[kStarted]) begin(this);
}

// Who intercepts connections has made this one, which leads nowhere, and says by Node's names for it how the handshake goes.
function awaitMockedHandshake(tls, handle) {
  tls.ssl = handle;
  handle.getALPNNegotiatedProtocol ??= () => false;
  handle.onhandshakedone = () => {
    tls.alpnProtocol = handle.getALPNNegotiatedProtocol();
    tls.servername = tls[kServername] || false;
    tls._secureEstablished = true;
    tls.emit('secure');
  };
  handle.onnewsession = (id, session) => Reflect.apply(TLSSocket.prototype[kOnSession], tls, [session]);
  for (const name of ['getCipher', 'getEphemeralKeyInfo', 'getSession', 'isSessionReused', 'verifyError']) {
    tls[name] = () => (Object.hasOwn(handle, name) ? handle[name]() : undefined);
  }
}

// A handle of another socket's, which intercepted this one, brings its connection along.
Object.defineProperty(TLSSocket.prototype, '_handle', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() {
    return this[kHandle];
  },
  set(handle) {
    setHandleOf.call(this, handle);
    if (!(handle instanceof TlsHandle) || handle.owner === this) return;
    const { owner } = handle;
    this.ssl = handle;
    this[kConnection] = handle.connection;
    Object.defineProperty(this, kAgreed, { __proto__: null, configurable: true, get: () => owner[kAgreed] });
  },
});
const { set: setHandleOf } = Object.getOwnPropertyDescriptor(net.Socket.prototype, '_handle');

TLSSocket.prototype._destroy = function(err, cb) {
  this.ssl = null;
  // Where HTTP moves the bytes, nothing but this ends the carrier.
  if (this[kHandle] instanceof ops.HttpSocket) this._parent?.destroy();
  Reflect.apply(net.Socket.prototype._destroy, this, [err, cb]);
};

// As in Node, the end that is sent takes until the events at hand are dealt with: what there is to know of the connection can be asked for that long.
TLSSocket.prototype._final = function(cb) {
  const handle = this[kHandle];
  if (this.connecting || !(handle instanceof TlsHandle)) {
    Reflect.apply(net.Socket.prototype._final, this, [cb]);
    return;
  }
  const status = handle.shutdown();
  if (status === 0) afterEvents(handle.transport, cb);
  else if (status === UV_ENOTCONN) cb();
  else cb(new ErrnoException(status, 'shutdown'));
};

TLSSocket.prototype._start = function() {
  if (this[kStarted]) return;
  this[kStarted] = true;
  if (!this.connecting && this[kHandle] instanceof TlsHandle) begin(this);
};

function begin(tls) {
  // What waits for the carrier's 'connect' may have begun it.
  if (tls.destroyed || tls[kBegun]) return;
  tls[kBegun] = true;
  const options = tls._tlsOptions;
  const handle = tls[kHandle];
  let bits = 0;
  if (!options.isServer) {
    try {
      bits = tls[kConnection].connect(
        nativeOf(options.secureContext, 'context'), tls[kServername], options.ALPNProtocols ?? EMPTY, tls[kSession]);
    } catch (err) {
      tls.destroy(err);
      return;
    }
  }
  handle.start(bits);
  const ahead = tls[kAhead];
  tls[kAhead] = undefined;
  if (ahead !== undefined && !tls.destroyed) handle.onBytes(typeof ahead === 'string' ? Buffer.from(ahead) : ahead);
  if (!tls.destroyed && tls.readableFlowing !== false) tls.read(0);
}

// ---------------------------------------------------------------------------
// The handshake

// A client's hello, before it is answered.
TLSSocket.prototype[kOnHello] = function() {
  const options = this._tlsOptions;
  const own = () => nativeOf(options.secureContext, 'context');
  askProgram(this, this[kConnection].hello(), options.ALPNProtocols ?? EMPTY, own, (context, protocols, session, staple) => {
    this[kChosen] = context;
    let bits;
    try {
      bits = this[kConnection].accept(context, this[kRequest], protocols, session ?? EMPTY, staple ?? EMPTY);
    } catch (err) {
      this.destroy(err);
      return;
    }
    this[kHandle]?.answered(bits);
  });
};


TLSSocket.prototype[kOnSecure] = function() {
  const agreed = this[kAgreed] = this[kConnection].agreed();
  this.alpnProtocol = agreed.alpn ?? false;
  if (this._tlsOptions.isServer) this.servername = this[kConnection].hello().servername ?? false;
  else this.servername = this[kServername] || false;
  this._secureEstablished = true;
  // Who resumes a session of TLS 1.2 is shown no certificate, and nothing about one.
  if (this._tlsOptions.requestOCSP && !(agreed.reused && agreed.protocol === 'TLSv1.2')) {
    const response = this[kConnection].ocsp();
    this.emit('OCSPResponse', response.length > 0 ? asBuffer(response) : null);
  }
  if (this._tlsOptions.handshakeTimeout > 0) this.setTimeout(0, this._handleTimeout);
  this.emit('secure');
};

TLSSocket.prototype[kOnKeyLine] = function(line) {
  appendKeyLine(line);
  this.emit('keylog', line);
  if (this._tlsOptions.isServer) this._tlsOptions.server?.emit('keylog', line, this);
};

TLSSocket.prototype[kOnSession] = function(session) {
  if (this[kIsVerified]) this.emit('session', session);
  else this[kPendingSession] = session;
};

// A server's: `done` lets the handshake go on.
TLSSocket.prototype[kOnNewSession] = function(id, session, done) {
  if (!this._tlsOptions.server?.emit('newSession', id, session, done)) done();
};

TLSSocket.prototype[kOnFailure] = function(handle) {
  const [reason, text] = this[kConnection].failure();
  let err = sslError(reason, text);
  if (this._hadError) return;
  this._hadError = true;
  if (this._secureEstablished) {
    this._emitTLSError(err);
    return;
  }
  if (!this._tlsOptions.isServer && handle.waitingForWrite) {
    // As in Node it is the write that fails.
    const failed = new ErrnoException(UV_EPROTO, 'write', err.message);
    failed.message = `write EPROTO ${err.message}`;
    err = failed;
  }
  // Who handles 'tlsClientError' may still want the handle.
  this._closeAfterHandlingError = true;
  this.destroy(err);
};

TLSSocket.prototype._handleTimeout = function() {
  this._emitTLSError(new ERR_TLS_HANDSHAKE_TIMEOUT());
};

TLSSocket.prototype._emitTLSError = function(err) {
  const error = this._tlsError(err);
  if (error) this.destroy(error);
};

// The error, if it is the socket's user's to hear of.
TLSSocket.prototype._tlsError = function(err) {
  this.emit('_tlsError', err);
  return this._controlReleased ? err : null;
};

TLSSocket.prototype._releaseControl = function() {
  if (this._controlReleased) return false;
  this._controlReleased = true;
  this.removeListener('error', this._tlsError);
  return true;
};

// What is wrong with the peer's certificates: an Error, or null.
TLSSocket.prototype.verifyError = function() {
  const { isServer } = this._tlsOptions;
  const context = contextOf(this);
  if (this[kConnection].peerCertificates(context, false).length === 0) {
    return verifyError(['UNABLE_TO_GET_ISSUER_CERT', 'unable to get issuer certificate']);
  }
  const complaint = this[kConnection].verify(context, !isServer);
  return complaint === null ? null : verifyError(complaint);
};

// ---------------------------------------------------------------------------
// Settings

TLSSocket.prototype.setServername = function(name) {
  validateString(name, 'name');
  if (this._tlsOptions.isServer) throw new ERR_TLS_SNI_FROM_SERVER();
  // Addresses are no names.
  this[kServername] = net.isIP(name) ? '' : name;
};

TLSSocket.prototype.setSession = function(session) {
  if (typeof session === 'string') session = Buffer.from(session, 'latin1');
  if (session === undefined) return;
  if (!isArrayBufferView(session)) throw new BadSession();
  this[kSession] = session;
};

TLSSocket.prototype.setMaxSendFragment = function(size) {
  validateInt32(size, 'size');
  if (size < 512 || size > 16384) return false;
  this[kConnection].setFragment(size);
  return true;
};

TLSSocket.prototype.setKeyCert = function(context) {
  this[kChosen] = nativeOf(context?.context ? context : createSecureContext(context), 'context');
};

TLSSocket.prototype.disableRenegotiation = function() {
  this[kRenegotiationDisabled] = true;
};

const kRenegotiationDisabled = Symbol('disable-renegotiation');

TLSSocket.prototype.renegotiate = function(options, callback) {
  validateObject(options, 'options');
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (this.destroyed) return undefined;
  let err;
  if (this.getProtocol() === 'TLSv1.3') {
    err = sslError('WRONG_SSL_VERSION', '');
    err.message = 'error:0A00010A:SSL routines::wrong ssl version';
  } else if (this[kRenegotiationDisabled]) {
    err = new ERR_TLS_RENEGOTIATION_DISABLED();
  } else {
    err = new ERR_METHOD_NOT_IMPLEMENTED('tlsSocket.renegotiate()');
  }
  if (callback) nextTick(callback, err);
  return false;
};

TLSSocket.prototype.enableTrace = function() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('tlsSocket.enableTrace()');
};

Object.assign(TLSSocket.prototype, facts, passing);

module.exports = { TLSSocket, kConnection, kIsVerified, kPendingSession };

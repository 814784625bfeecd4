'use strict';
// tls.Server: a net.Server whose connections become TLSSockets before they are shown.

const net = require('net');
const { Buffer } = require('buffer');
const {
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_METHOD_NOT_IMPLEMENTED, ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS, ERR_TLS_REQUIRED_SERVER_NAME,
  },
  ConnResetException,
} = require('internal/errors');
const { validateBuffer, validateFunction, validateNumber, validateObject, validateString } = require('internal/validators');
const { createSecureContext } = require('internal/tls/context');

const { convertALPNProtocols } = require('internal/tls/alpn');
const { TLSSocket } = require('internal/tls/socket');

const kErrorEmitted = Symbol('error-emitted');
const kHandshakeTimeout = Symbol('handshake-timeout');
const kSNICallback = Symbol('snicallback');

function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  if (typeof options === 'function') {
    listener = options;
    options = {};
  } else if (options == null || typeof options === 'object') {
    options ??= {};
  } else {
    throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  this._contexts = [];
  this.requestCert = options.requestCert === true;
  this.rejectUnauthorized = options.rejectUnauthorized !== false;
  this.ALPNCallback = options.ALPNCallback;
  if (this.ALPNCallback) {
    validateFunction(this.ALPNCallback, 'options.ALPNCallback');
    if (options.ALPNProtocols) throw new ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS();
  }
  if (options.ALPNProtocols) convertALPNProtocols(options.ALPNProtocols, this);
  this.setSecureContext(options);
  this[kHandshakeTimeout] = options.handshakeTimeout || 120_000;
  this[kSNICallback] = options.SNICallback;
  validateNumber(this[kHandshakeTimeout], 'options.handshakeTimeout');
  if (this[kSNICallback]) validateFunction(this[kSNICallback], 'options.SNICallback');
  if (options.pskCallback) validateFunction(options.pskCallback, 'options.pskCallback');
  if (options.pskIdentityHint) validateString(options.pskIdentityHint, 'options.pskIdentityHint');
  for (const name of ['pskCallback', 'enableTrace']) if (options[name]) throw new ERR_METHOD_NOT_IMPLEMENTED(`tls ${name}`);
  Reflect.apply(net.Server, this, [options, onConnection]);
  if (listener) this.on('secureConnection', listener);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

function onConnection(rawSocket) {
  const tls = new TLSSocket(rawSocket, {
    secureContext: this._sharedCreds,
    isServer: true,
    server: this,
    requestCert: this.requestCert,
    rejectUnauthorized: this.rejectUnauthorized,
    handshakeTimeout: this[kHandshakeTimeout],
    ALPNProtocols: this.ALPNProtocols,
    ALPNCallback: this.ALPNCallback,
    SNICallback: this[kSNICallback] || sniByContexts,
    pauseOnConnect: this.pauseOnConnect,
    highWaterMark: this.highWaterMark,
  });
  tls.server = this;
  tls[kErrorEmitted] = false;
  tls.on('secure', onSecure);
  tls.on('close', onClose);
  tls.on('_tlsError', onTlsError);
}

function onSecure() {
  const { server } = this._tlsOptions;
  if (this._requestCert) {
    const err = this.verifyError();
    if (err) {
      this.authorizationError = err.code;
      if (this._rejectUnauthorized) this.destroy();
    } else {
      this.authorized = true;
    }
  }
  this.secureConnecting = false;
  if (!this.destroyed && this._releaseControl()) server.emit('secureConnection', this);
}

function onClose(err) {
  // An error was told of already.
  if (err || this._controlReleased || this[kErrorEmitted]) return;
  this[kErrorEmitted] = true;
  this._tlsOptions.server.emit('tlsClientError', new ConnResetException('socket hang up'), this);
}

function onTlsError(err) {
  if (this._controlReleased || this[kErrorEmitted]) return;
  this[kErrorEmitted] = true;
  this._tlsOptions.server.emit('tlsClientError', err, this);
}

// The context that addContext() has for a name, the latest first.
function sniByContexts(servername, cb) {
  const { _contexts: contexts } = this._tlsOptions.server ?? this.server;
  for (let i = contexts.length - 1; i >= 0; i--) {
    const [pattern, context] = contexts[i];
    if (pattern.test(servername)) {
      cb(null, context);
      return;
    }
  }
  cb(null, undefined);
}

const CONTEXT_OPTIONS = [
  'pfx', 'key', 'passphrase', 'cert', 'clientCertEngine', 'ca', 'minVersion', 'maxVersion', 'secureProtocol', 'crl', 'ciphers', 'ecdhCurve',
  'dhparam', 'honorCipherOrder', 'secureOptions', 'sessionIdContext', 'sessionTimeout', 'ticketKeys', 'privateKeyIdentifier',
  'privateKeyEngine', 'sigalgs', 'allowPartialTrustChain',
];

Server.prototype.setSecureContext = function(options) {
  validateObject(options, 'options');
  for (const name of CONTEXT_OPTIONS) this[name] = options[name] ?? undefined;
  if (this.sessionTimeout !== undefined) validateNumber(this.sessionTimeout, 'options.sessionTimeout');
  if (this.ticketKeys !== undefined) {
    validateBuffer(this.ticketKeys, 'options.ticketKeys');
    if (this.ticketKeys.byteLength !== 48) {
      throw new ERR_INVALID_ARG_VALUE('options.ticketKeys', this.ticketKeys.byteLength, 'must be exactly 48 bytes');
    }
  }
  if (this.sessionIdContext !== undefined) validateString(this.sessionIdContext, 'options.sessionIdContext');
  this._sharedCreds = createSecureContext({ ...options, ticketKeys: this.ticketKeys ?? this._sharedCreds?.context.ticketKeys?.() });
};

Server.prototype.getTicketKeys = function() {
  return Buffer.from(this._sharedCreds.context.ticketKeys());
};

Server.prototype.setTicketKeys = function(keys) {
  validateBuffer(keys);
  if (keys.byteLength !== 48) throw new ERR_INVALID_ARG_VALUE('keys', keys.byteLength, 'Session ticket keys must be a 48-byte buffer');
  this._sharedCreds.context.setTicketKeys(keys);
};

Server.prototype._getServerData = function() {
  return { ticketKeys: this.getTicketKeys().toString('hex') };
};

Server.prototype._setServerData = function(data) {
  this.setTicketKeys(Buffer.from(data.ticketKeys, 'hex'));
};

Server.prototype.setOptions = function(options) {
  this.requestCert = options.requestCert === true;
  this.rejectUnauthorized = options.rejectUnauthorized !== false;
  this.setSecureContext(options);
};

Server.prototype.addContext = function(servername, context) {
  if (!servername) throw new ERR_TLS_REQUIRED_SERVER_NAME();
  const pattern = servername.replace(/([.^$+?\-\\[\]{}])/g, '\\$1').replaceAll('*', '[^.]*');
  this._contexts.push([new RegExp(`^${pattern}$`), context?.context ? context : createSecureContext(context)]);
};

Server.prototype[Symbol.for('nodejs.rejection')] = function(err, event, socket) {
  if (event === 'secureConnection') socket.destroy(err);
  else net.Server.prototype[Symbol.for('nodejs.rejection')].call(this, err, event, socket);
};

module.exports = { Server };

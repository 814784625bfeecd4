'use strict';
// tls.connect(): the options of a client, and what becomes of a handshake with a server.

const net = require('net');
const { codes: { ERR_INVALID_ARG_VALUE }, ConnResetException } = require('internal/errors');
const { validateFunction, validateNumber } = require('internal/validators');
const { emitWarning } = require('internal/process/warning');
const { checkServerIdentity } = require('internal/tls/identity');
const { createSecureContext, nativeOf } = require('internal/tls/context');
const { TLSSocket, kIsVerified, kPendingSession } = require('internal/tls/socket');

const kConnectOptions = Symbol('connect-options');

let warned = false;

// NODE_TLS_REJECT_UNAUTHORIZED=0 lets everybody in, and is warned of.
function rejectsByDefault() {
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return true;
  if (!warned) {
    warned = true;
    emitWarning('Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to \'0\' makes TLS connections and HTTPS requests ' +
      'insecure by disabling certificate verification.');
  }
  return false;
}

// (options, cb), (port, host, options, cb) ... -> [options, cb]
function connectArguments(list) {
  const [options, cb] = net._normalizeArgs(list);
  let further;
  if (list[1] !== null && typeof list[1] === 'object') further = list[1];
  else if (list[2] !== null && typeof list[2] === 'object') further = list[2];
  return [{ ...options, ...further }, cb];
}

function connect(...args) {
  const [given, cb] = connectArguments(args);
  const options = { rejectUnauthorized: rejectsByDefault(), checkServerIdentity: exported.checkServerIdentity, minDHSize: 1024, ...given };
  if (!options.keepAlive) options.singleUse = true;
  validateFunction(options.checkServerIdentity, 'options.checkServerIdentity');
  validateNumber(options.minDHSize, 'options.minDHSize', 1);
  if (options.pskCallback) validateFunction(options.pskCallback, 'pskCallback');
  if (options.secureContext) nativeOf(options.secureContext, 'context');
  const context = options.secureContext || createSecureContext(options);
  const tls = new TLSSocket(options.socket, {
    allowHalfOpen: options.socket ? options.socket.allowHalfOpen : Boolean(options.allowHalfOpen),
    pipe: Boolean(options.path),
    secureContext: context,
    isServer: false,
    requestCert: true,
    rejectUnauthorized: options.rejectUnauthorized !== false,
    ALPNProtocols: options.ALPNProtocols,
    highWaterMark: options.highWaterMark,
    onread: options.onread,
    requestOCSP: options.requestOCSP,
    pskCallback: options.pskCallback,
    enableTrace: options.enableTrace,
    signal: options.signal,
    lookup: options.lookup,
    handshakeTimeout: 0,
  });
  options.rejectUnauthorized = options.rejectUnauthorized !== false;
  tls[kConnectOptions] = options;
  if (cb) tls.once('secureConnect', cb);
  if (options.session) tls.setSession(options.session);
  if (options.servername) {
    if (net.isIP(options.servername)) {
      throw new ERR_INVALID_ARG_VALUE('options.servername', options.servername, 'Setting the TLS ServerName to an IP address is not permitted.');
    }
    tls.setServername(options.servername);
  }
  if (!options.socket) {
    if (options.timeout) tls.setTimeout(options.timeout);
    tls.connect(options, tls._start);
  }
  tls._releaseControl();
  if (options.socket) tls._start();
  tls.on('secure', onConnectSecure);
  tls.prependListener('end', onConnectEnd);
  return tls;
}

function onConnectSecure() {
  const options = this[kConnectOptions];
  let err = this.verifyError();
  if (!err && !this.isSessionReused()) {
    const cert = this.getPeerCertificate(true);
    err = options.checkServerIdentity(options.servername || options.host || options.socket?._host || 'localhost', cert);
  }
  if (err) {
    this.authorized = false;
    this.authorizationError = err.code || err.message;
    if (options.rejectUnauthorized) {
      this.destroy(err);
      return;
    }
  } else {
    this.authorized = true;
  }
  this.secureConnecting = false;
  this.emit('secureConnect');
  this[kIsVerified] = true;
  const session = this[kPendingSession];
  this[kPendingSession] = null;
  if (session) this.emit('session', session);
  this.removeListener('end', onConnectEnd);
}

function onConnectEnd() {
  if (this._hadError) return;
  this._hadError = true;
  const { path, host, port, localAddress } = this[kConnectOptions];
  const err = new ConnResetException('Client network socket disconnected before secure TLS connection was established');
  err.path = path;
  err.host = host;
  err.port = port;
  err.localAddress = localAddress;
  this.destroy(err);
}

// What a program may replace on `tls`.
const exported = { checkServerIdentity };

module.exports = { connect, exported, rejectsByDefault };

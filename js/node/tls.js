'use strict';
// require('tls'): the public surface, put together from internal/tls.

const { getBundled, getCACertificates, setDefaultCACertificates } = require('internal/tls/authorities');
const { defaultCiphers, defaultMaxVersion, defaultMinVersion, getCiphers } = require('internal/tls/ciphers');
const { connect, exported } = require('internal/tls/connect');
const { SecureContext, createSecureContext, defaults } = require('internal/tls/context');
const { Server } = require('internal/tls/server');
const { convertALPNProtocols } = require('internal/tls/alpn');
const { TLSSocket } = require('internal/tls/socket');

function createServer(options, listener) {
  return new Server(options, listener);
}

// rustls is built without them.
function getCertificateCompressionAlgorithms() {
  return [];
}

module.exports = {
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
  SecureContext,
  Server,
  TLSSocket,
  connect,
  convertALPNProtocols,
  createSecureContext,
  createServer,
  getCACertificates,
  getCertificateCompressionAlgorithms,
  getCiphers,
  setDefaultCACertificates,
};

// What is read when it is needed, and what a program may set.
function property(name, get, set, enumerable = true) {
  Object.defineProperty(module.exports, name, { __proto__: null, configurable: true, enumerable, get, set });
}

property('rootCertificates', getBundled);
property('DEFAULT_CIPHERS', () => defaults.ciphers ?? defaultCiphers(), (value) => { defaults.ciphers = value; });
property('DEFAULT_ECDH_CURVE', () => defaults.ecdhCurve, (value) => { defaults.ecdhCurve = value; });
property('DEFAULT_MIN_VERSION', () => defaults.minVersion ?? defaultMinVersion(), (value) => { defaults.minVersion = value; });
property('DEFAULT_MAX_VERSION', () => defaults.maxVersion ?? defaultMaxVersion(), (value) => { defaults.maxVersion = value; });
property('checkServerIdentity', () => exported.checkServerIdentity, (value) => { exported.checkServerIdentity = value; });

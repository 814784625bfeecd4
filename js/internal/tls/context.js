'use strict';
// tls.createSecureContext(): options checked and given to a native context (ext_tls/src/context.rs).

const { Buffer } = require('buffer');
const {
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_METHOD_NOT_IMPLEMENTED, ERR_TLS_INVALID_CONTEXT,
    ERR_TLS_PROTOCOL_VERSION_CONFLICT,
  },
} = require('internal/errors');
const { isArrayBufferView, isAnyArrayBuffer } = require('internal/util/types');
const { validateBuffer, validateInt32, validateInteger, validateObject, validateString } = require('internal/validators');
const { fileOf } = require('internal/crypto/asymmetric');
const { KeyObject } = require('internal/crypto/keys');
const { ensureDefaults } = require('internal/tls/authorities');
const {
  TLS13, defaultCiphers, defaultMaxVersion, defaultMinVersion, processCiphers, versionNumber, versionsOfMethod,
} = require('internal/tls/ciphers');
const { parseSigalgs } = require('internal/tls/sigalgs');

const SSL_OP_NO_TICKET = 0x4000;
const SSL_OP_CIPHER_SERVER_PREFERENCE = 0x400000;
const TLS1_2 = 0x0303;
const TLS1_3 = 0x0304;

// The defaults that a program may set on `tls`.
const defaults = { ciphers: undefined, minVersion: undefined, maxVersion: undefined, ecdhCurve: 'auto' };

// What belongs to engines of OpenSSL.
const ENGINE_OPTIONS = ['privateKeyIdentifier', 'privateKeyEngine', 'clientCertEngine'];

// What certificates and keys may come in.
function bytesOf(value, name) {
  if (typeof value === 'string') return Buffer.from(value);
  if (isArrayBufferView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (isAnyArrayBuffer(value)) return new Uint8Array(value);
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], value);
}

// Each of one or several.
function each(value, use) {
  if (Array.isArray(value)) for (const one of value) use(one);
  else if (value) use(value);
}

// OpenSSL's errors say which of its libraries they come from.
function withOrigin(error) {
  // Some have no code in Node.
  if (error?.code === '') delete error.code;
  const origin = /^error:[0-9A-F]{8}:([^:]+)::(.+)$/.exec(error?.message);
  if (origin === null || error.library !== undefined) return error;
  const { code } = error;
  delete error.code;
  return Object.assign(error, { library: origin[1], reason: origin[2], code });
}

const kTrustsDefaults = Symbol('kTrustsDefaults');
const kSigalgs = Symbol('kSigalgs');

// Not for who looks at the object.
function hidden(object, name, value) {
  Object.defineProperty(object, name, { __proto__: null, value, writable: true });
}

class SecureContext {
  constructor(options) {
    this.context = new ops.TlsContext();
    hidden(this, kTrustsDefaults, true);
    // Numbers of signature schemes, where they are limited.
    hidden(this, kSigalgs, undefined);
    try {
      configure(this, options);
    } catch (error) {
      throw withOrigin(error);
    }
  }
}

function setVersions(context, options) {
  const { secureProtocol } = options;
  let { minVersion, maxVersion } = options;
  if (secureProtocol != null) {
    validateString(secureProtocol, 'options.secureProtocol');
    if (minVersion != null) throw new ERR_TLS_PROTOCOL_VERSION_CONFLICT(minVersion, secureProtocol);
    if (maxVersion != null) throw new ERR_TLS_PROTOCOL_VERSION_CONFLICT(maxVersion, secureProtocol);
    [minVersion, maxVersion] = versionsOfMethod(secureProtocol);
  } else {
    minVersion ??= defaults.minVersion ?? defaultMinVersion();
    maxVersion ??= defaults.maxVersion ?? defaultMaxVersion();
  }
  return [versionNumber(minVersion, 'minimum'), versionNumber(maxVersion, 'maximum')];
}

function setCiphers(context, options, range) {
  const { ciphers } = options;
  if (ciphers !== undefined && ciphers !== null) validateString(ciphers, 'options.ciphers');
  const list = ciphers ?? defaults.ciphers;
  if (list === undefined) return;
  const [tls13 = TLS13, tls12] = processCiphers(list, 'options.ciphers');
  // With suites of one version only, the other version is out.
  if (tls12.length === 0) range[0] = Math.max(range[0], TLS1_3);
  if (tls13.length === 0) range[1] = Math.min(range[1], TLS1_2);
  context.setCiphers([...tls13, ...tls12].join(':'));
}

// In a list, a key may be an object with a passphrase of its own.
function addKeys(context, keys, passphrase) {
  if (!Array.isArray(keys)) {
    if (keys) addKey(context, keys, passphrase);
    return;
  }
  for (const key of keys) {
    if (key?.pem !== undefined) addKey(context, key.pem, key.passphrase ?? passphrase);
    else addKey(context, key, passphrase);
  }
}

function addKey(context, key, secret) {
  if (secret !== undefined && secret !== null) validateString(secret, 'options.passphrase');
  const bytes = key instanceof KeyObject ? fileOf(key) : bytesOf(key, 'options.key');
  try {
    if (secret === undefined || secret === null) context.addKey(bytes);
    else context.addEncryptedKey(bytes, Buffer.from(secret));
  } catch (error) {
    if (error.code !== 'ERR_OSSL_PEM_NO_START_LINE') throw error;
    // Of what is no key at all OpenSSL's decoders complain, not its reader of PEM.
    throw Object.assign(new Error('error:1E08010C:DECODER routines::unsupported'), { code: 'ERR_OSSL_UNSUPPORTED' });
  }
}

function configure(secure, options) {
  const { context } = secure;
  const { ca, cert, key, passphrase, crl, pfx, sigalgs, ecdhCurve, ticketKeys, sessionTimeout, sessionIdContext, dhparam } = options;
  const range = setVersions(context, options);

  if (ca) {
    context.trustNobody();
    secure[kTrustsDefaults] = false;
    each(ca, (one) => context.addCa(bytesOf(one, 'options.ca')));
  }
  each(cert, (one) => context.addCertificate(bytesOf(one, 'options.cert')));
  if (passphrase !== undefined && passphrase !== null) validateString(passphrase, 'options.passphrase');
  addKeys(context, key, passphrase);

  setCiphers(context, options, range);
  context.setVersions(range[0], range[1]);

  if (sigalgs !== undefined && sigalgs !== null) {
    validateString(sigalgs, 'options.sigalgs');
    if (sigalgs === '') throw new ERR_INVALID_ARG_VALUE('options.sigalgs', sigalgs);
    secure[kSigalgs] = parseSigalgs(sigalgs);
    context.setSchemes(Buffer.from(secure[kSigalgs].flatMap((scheme) => [scheme >> 8, scheme & 0xff])));
  }
  for (const name of ENGINE_OPTIONS) {
    if (options[name] === undefined || options[name] === null) continue;
    if (typeof options[name] !== 'string') {
      throw new ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'null', 'undefined'], options[name]);
    }
  }
  for (const name of ENGINE_OPTIONS) {
    if (options[name]) throw new ERR_METHOD_NOT_IMPLEMENTED(`tls.createSecureContext({ ${name} })`);
  }
  if (options.certificateCompression?.length > 0) throw new ERR_METHOD_NOT_IMPLEMENTED('tls.createSecureContext({ certificateCompression })');
  if (ecdhCurve !== undefined && ecdhCurve !== null) validateString(ecdhCurve, 'options.ecdhCurve');
  const curve = ecdhCurve ?? defaults.ecdhCurve;
  if (curve !== 'auto') context.setGroups(curve);
  if (dhparam !== undefined && dhparam !== null && dhparam !== 'auto') {
    // rustls has no Diffie-Hellman but over elliptic curves: parameters for it are never needed.
    bytesOf(dhparam, 'options.dhparam');
  }
  each(crl, (one) => context.addCrl(bytesOf(one, 'options.crl')));
  if (sessionIdContext !== undefined && sessionIdContext !== null) validateString(sessionIdContext, 'options.sessionIdContext');
  if (pfx !== undefined && pfx !== null) addPfx(secure, pfx, passphrase);
  if (options.allowPartialTrustChain) context.setPartialChain(true);
  const secureOptions = options.secureOptions ?? 0;
  if (options.secureOptions) validateInteger(options.secureOptions, 'secureOptions');
  if (typeof secureOptions === 'number' && (secureOptions & SSL_OP_NO_TICKET) !== 0) context.setTickets(false);
  if (options.honorCipherOrder === false) context.setOwnOrder(false);
  if (typeof secureOptions === 'number' && (secureOptions & SSL_OP_CIPHER_SERVER_PREFERENCE) !== 0) context.setOwnOrder(true);
  if (ticketKeys !== undefined && ticketKeys !== null) {
    validateBuffer(ticketKeys, 'options.ticketKeys');
    if (ticketKeys.byteLength !== 48) {
      throw new ERR_INVALID_ARG_VALUE('options.ticketKeys', ticketKeys.byteLength, 'must be exactly 48 bytes');
    }
    context.setTicketKeys(ticketKeys);
  }
  if (sessionTimeout !== undefined && sessionTimeout !== null) {
    validateInt32(sessionTimeout, 'options.sessionTimeout', 0);
    context.setSessionTimeout(sessionTimeout);
  }
}

function addPfx(secure, pfx, passphrase) {
  for (const one of Array.isArray(pfx) ? pfx : [pfx]) {
    const raw = one.buf || one;
    const secret = one.passphrase || passphrase;
    if (secret) validateString(secret, 'options.passphrase');
    const bytes = bytesOf(raw, 'options.pfx');
    // What is in the file is trusted besides what is trusted anyway.
    if (secure[kTrustsDefaults]) secure.context.addRootCertificates();
    secure[kTrustsDefaults] = false;
    secure.context.addPfx(bytes, secret ? `${secret}` : '');
  }
}

function createSecureContext(options) {
  if (!options) options = {};
  validateObject(options, 'options');
  ensureDefaults();
  return new SecureContext(options);
}

// What SNI callbacks and options give.
function nativeOf(secure, name) {
  if (secure?.context instanceof ops.TlsContext) return secure.context;
  if (secure instanceof ops.TlsContext) return secure;
  throw new ERR_TLS_INVALID_CONTEXT(name);
}

module.exports = { SecureContext, createSecureContext, defaults, defaultCiphers, kSigalgs, nativeOf };

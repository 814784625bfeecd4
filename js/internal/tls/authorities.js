'use strict';
// The certificates that are trusted when a program names none: Mozilla's, the system's, those of NODE_EXTRA_CA_CERTS, or what the program has set.

const fs = require('fs');
const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE }, genericNodeError, hideStackFrames } = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');
const { hasOption } = require('internal/options');
const { validateString } = require('internal/validators');
const { emitWarning } = require('internal/process/warning');

// Where systems keep theirs.
const SYSTEM_FILES = [
  '/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/ssl/cert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
];

let bundled;
let system;
let extra;
let defaults;
// Whether Rust's store is the default one.
let installed = false;

function toPem(der) {
  return ops.op_tls_pem_encode('CERTIFICATE', der);
}

function getBundled() {
  return (bundled ??= Object.freeze(ops.op_tls_roots_bundled().map((der) => toPem(der).trimEnd())));
}

function split(bytes) {
  return ops.op_tls_certificates_split(bytes).map(toPem);
}

function getSystem() {
  if (system !== undefined) return system;
  let found = [];
  const { SSL_CERT_FILE } = process.env;
  for (const name of SSL_CERT_FILE ? [SSL_CERT_FILE] : SYSTEM_FILES) {
    try {
      found = split(fs.readFileSync(name));
      break;
    } catch {
      // The next one, then.
    }
  }
  return (system = Object.freeze([...new Set(found)]));
}

function getExtra() {
  if (extra !== undefined) return extra;
  extra = [];
  const { NODE_EXTRA_CA_CERTS: name } = process.env;
  if (name) {
    try {
      extra = split(fs.readFileSync(name));
    } catch (err) {
      const why = err.code === 'ENOENT' ? 'error:80000002:system library::No such file or directory' : err.message;
      emitWarning(`Ignoring extra certs from \`${name}\`, load failed: ${why}`);
    }
  }
  return (extra = Object.freeze([...new Set(extra)]));
}

function usesSystem() {
  if (process.env.NODE_USE_SYSTEM_CA === '1' && !hasOption('no-use-system-ca')) return true;
  return hasOption('use-system-ca');
}

function getDefault() {
  if (defaults !== undefined) return defaults;
  const all = hasOption('use-openssl-ca') ? [...getSystem()] : [...getBundled()];
  if (usesSystem()) all.push(...getSystem());
  all.push(...getExtra());
  return (defaults = Object.freeze([...new Set(all)]));
}

function getCACertificates(type = 'default') {
  validateString(type, 'type');
  switch (type) {
    case 'bundled': return getBundled();
    case 'system': return getSystem();
    case 'extra': return getExtra();
    case 'default': return getDefault();
    default: throw new ERR_INVALID_ARG_VALUE('type', type);
  }
}

const checkCertificates = hideStackFrames((certs) => {
  if (!Array.isArray(certs)) throw new ERR_INVALID_ARG_TYPE('certs', 'Array', certs);
  for (let i = 0; i < certs.length; i++) {
    if (typeof certs[i] !== 'string' && !isArrayBufferView(certs[i])) {
      throw new ERR_INVALID_ARG_TYPE(`certs[${i}]`, ['string', 'ArrayBufferView'], certs[i]);
    }
  }
});

function bytesOf(value) {
  return typeof value === 'string' ? Buffer.from(value) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

function splitWhole(bytes) {
  try {
    return split(bytes);
  } catch {
    throw genericNodeError('error:0488000D:PEM routines::ASN1 lib', { code: 'ERR_OSSL_PEM_ASN1_LIB' });
  }
}

function setDefaultCACertificates(certs) {
  checkCertificates(certs);
  const all = [];
  for (const one of certs) {
    const bytes = bytesOf(one);
    if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('-----BEGIN CERTIFICATE-----')) all.push(...splitWhole(bytes));
  }
  if (all.length === 0 && certs.length > 0) {
    throw genericNodeError('No valid certificates found in the provided array', { code: 'ERR_CRYPTO_OPERATION_FAILED' });
  }
  defaults = Object.freeze([...new Set(all)]);
  install();
}

function install() {
  installed = true;
  ops.op_tls_roots_begin();
  if (defaults.length > 0) ops.op_tls_roots_add(Buffer.from(defaults.join('\n')));
}

// Before the default store is used. Mozilla's certificates alone are in Rust without being asked for.
function ensureDefaults() {
  if (installed) return;
  installed = true;
  if (hasOption('use-openssl-ca')) {
    getDefault();
    install();
    return;
  }
  const more = usesSystem() ? [...getSystem(), ...getExtra()] : getExtra();
  if (more.length > 0) ops.op_tls_roots_add(Buffer.from(more.join('')));
}

module.exports = { ensureDefaults, getBundled, getCACertificates, setDefaultCACertificates };

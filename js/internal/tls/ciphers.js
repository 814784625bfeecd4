'use strict';
// Names of cipher suites and of protocol versions, and what a list of them comes to.

const {
  codes: { ERR_INVALID_ARG_VALUE, ERR_TLS_INVALID_PROTOCOL_METHOD, ERR_TLS_INVALID_PROTOCOL_VERSION },
} = require('internal/errors');
const { getOption, hasOption } = require('internal/options');

// In the order of preference.
const TLS13 = ['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'];
const TLS12 = [
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305',
];
// What OpenSSL has beside these by the same way of naming; named so that a list that asks for nothing else gets an error that says why.
const WELL_KNOWN = /^(?:ECDHE|DHE|ECDH|DH|RSA|PSK|SRP|AECDH|ADH|AES\d+|CAMELLIA\d+|DES|RC4|NULL|ARIA\d+|SEED|IDEA|TLS)[A-Z0-9_-]*$/;
const ALL = /^(?:DEFAULT|ALL|HIGH|COMPLEMENTOFDEFAULT|ECDHE|EECDH|kECDHE|kEECDH|AES|AESGCM|AEAD|TLSv1\.2|FIPS|MEDIUM)$/;

const versions = { '__proto__': null, 'TLSv1': 0x0301, 'TLSv1.1': 0x0302, 'TLSv1.2': 0x0303, 'TLSv1.3': 0x0304 };

const DEFAULT_CIPHERS = [...TLS13, ...TLS12].join(':');

function matching(word) {
  if (ALL.test(word)) return TLS12;
  const parts = word.split('+');
  if (parts.length > 1) return TLS12.filter((name) => parts.every((part) => matching(part).includes(name)));
  switch (word) {
    case 'CHACHA20': return TLS12.filter((name) => name.includes('CHACHA20'));
    case 'AES128': case 'AES256': return TLS12.filter((name) => name.includes(word));
    case 'SHA256': case 'SHA384': return TLS12.filter((name) => name.endsWith(word));
    case 'ECDSA': case 'aECDSA': return TLS12.filter((name) => name.includes('ECDSA'));
    case 'RSA': case 'aRSA': return TLS12.filter((name) => name.includes('RSA'));
    default: return TLS12.includes(word) ? [word] : [];
  }
}

// [suites of TLS 1.3 or undefined for all, suites of TLS 1.2, words of suites that there are not]
function processCiphers(list, name) {
  let tls13;
  let tls12 = [];
  const unknown = [];
  const banned = new Set();
  for (let word of list.split(/[:, ]/)) {
    word = word.replace(/@(?:SECLEVEL=\d|STRENGTH)$/, '');
    if (word === '') continue;
    if (word.startsWith('TLS_')) {
      tls13 ??= [];
      if (TLS13.includes(word)) tls13.push(word);
      else unknown.push(word);
    } else if (word[0] === '!' || word[0] === '-') {
      const names = matching(word.slice(1));
      tls12 = tls12.filter((one) => !names.includes(one));
      if (word[0] === '!') for (const one of names) banned.add(one);
    } else if (word[0] === '+') {
      const names = matching(word.slice(1));
      tls12 = [...tls12.filter((one) => !names.includes(one)), ...tls12.filter((one) => names.includes(one))];
    } else {
      const names = matching(word);
      if (names.length === 0) unknown.push(word);
      for (const one of names) if (!banned.has(one) && !tls12.includes(one)) tls12.push(one);
    }
  }
  if (list === '') throw new ERR_INVALID_ARG_VALUE(name, list);
  if (tls12.length === 0 && !tls13?.length) throw noMatch(unknown);
  return [tls13, tls12, unknown];
}

function noMatch(names) {
  const known = names.filter((name) => WELL_KNOWN.test(name));
  const why = known.length > 0 ? ` (rustls has TLS 1.3 and, of TLS 1.2, ECDHE with AES-GCM or ChaCha20-Poly1305; not ${known.join(', ')})` : '';
  const err = new Error(`error:0A0000B9:SSL routines::no cipher match${why}`);
  err.library = 'SSL routines';
  err.reason = 'no cipher match';
  err.code = 'ERR_SSL_NO_CIPHER_MATCH';
  return err;
}

function versionNumber(version, kind) {
  if (versions[version] === undefined) {
    throw new ERR_TLS_INVALID_PROTOCOL_VERSION(JSON.stringify(version), kind);
  }
  return versions[version];
}

// The range that an old `secureProtocol` names.
function versionsOfMethod(method) {
  const match = /^(SSLv23|TLS|TLSv1|TLSv1_1|TLSv1_2)(?:_(?:client|server))?_method$/.exec(method);
  if (match === null) {
    if (/^SSLv[23](?:_(?:client|server))?_method$/.test(method)) throw new ERR_TLS_INVALID_PROTOCOL_METHOD(`${method.slice(0, 5)} methods disabled`);
    throw new ERR_TLS_INVALID_PROTOCOL_METHOD(`Unknown method: ${method}`);
  }
  switch (match[1]) {
    case 'TLSv1': return ['TLSv1', 'TLSv1'];
    case 'TLSv1_1': return ['TLSv1.1', 'TLSv1.1'];
    case 'TLSv1_2': return ['TLSv1.2', 'TLSv1.2'];
    // These were there before TLS 1.3, which they do not mean.
    case 'SSLv23': return ['TLSv1', 'TLSv1.2'];
    default: return ['TLSv1', 'TLSv1.3'];
  }
}

function defaultMinVersion() {
  if (hasOption('tls-min-v1.0')) return 'TLSv1';
  if (hasOption('tls-min-v1.1')) return 'TLSv1.1';
  if (hasOption('tls-min-v1.2')) return 'TLSv1.2';
  if (hasOption('tls-min-v1.3')) return 'TLSv1.3';
  return 'TLSv1.2';
}

function defaultMaxVersion() {
  if (hasOption('tls-max-v1.3')) return 'TLSv1.3';
  if (hasOption('tls-max-v1.2')) return 'TLSv1.2';
  return 'TLSv1.3';
}

function defaultCiphers() {
  return getOption('tls-cipher-list') ?? DEFAULT_CIPHERS;
}

// Names in lower case, as they are listed.
function getCiphers() {
  return [...TLS13, ...TLS12].map((name) => name.toLowerCase()).toSorted();
}

module.exports = {
  TLS13, defaultCiphers, defaultMaxVersion, defaultMinVersion, getCiphers, processCiphers, versionNumber, versionsOfMethod,
};

'use strict';
// What a TLSSocket has to tell of its connection: certificates, session, cipher and what else was agreed. The methods of `facts` are TLSSocket's.

const { Buffer } = require('buffer');
const { codes: { ERR_METHOD_NOT_IMPLEMENTED, ERR_TLS_INVALID_STATE } } = require('internal/errors');
const { validateBuffer, validateString, validateUint32 } = require('internal/validators');
const { kHandle } = require('internal/net/socket');
const { chainObject, certificateObject } = require('internal/tls/certificate');
const { kSigalgs, nativeOf } = require('internal/tls/context');
const { asBuffer } = require('internal/tls/handle');
const { sharedSigalgs } = require('internal/tls/sigalgs');

const EMPTY = Buffer.alloc(0);

const kAgreed = Symbol('kAgreed');
// The native context that a server has chosen.
const kChosen = Symbol('kChosen');
const kConnection = Symbol('kConnection');
const kSession = Symbol('kSession');

const facts = { __proto__: null };

function contextOf(tls) {
  return tls[kChosen] ?? nativeOf(tls._tlsOptions.secureContext, 'context');
}

facts.getPeerCertificate = function(detailed) {
  if (!this[kHandle]) return null;
  const chain = this[kConnection].peerCertificates(contextOf(this), Boolean(detailed));
  if (chain.length === 0) return {};
  return detailed ? chainObject(chain) : certificateObject(chain[0]);
};

facts.getCertificate = function() {
  if (!this[kHandle]) return null;
  const der = contextOf(this).certificate(false);
  return der === null ? {} : certificateObject(der);
};

function x509(der, issuer) {
  // Few programs want it.
  const { withIssuer } = require('internal/crypto/x509');
  return withIssuer(der, issuer);
}

facts.getPeerX509Certificate = function() {
  const chain = this[kHandle] ? this[kConnection].peerCertificates(contextOf(this), true) : [];
  return chain.reduceRight((issuer, der) => x509(der, issuer), undefined);
};

facts.getX509Certificate = function() {
  const der = this[kHandle] ? contextOf(this).certificate(false) : null;
  return der === null ? undefined : x509(der);
};

facts.getSession = function() {
  if (!this[kHandle]) return null;
  if (!this._secureEstablished) return this[kSession].length > 0 ? this[kSession] : undefined;
  return asBuffer(this[kConnection].session());
};

facts.isSessionReused = function() {
  return this[kHandle] ? Boolean(this[kAgreed]?.reused) : null;
};

facts.getTLSTicket = function() {
  if (!this[kHandle]) return null;
  const ticket = this[kConnection].ticket();
  return ticket.length > 0 ? asBuffer(ticket) : undefined;
};

facts.getCipher = function() {
  if (!this[kHandle]) return null;
  const agreed = this[kAgreed] ?? this[kConnection].agreed();
  if (agreed.cipher === null) return {};
  return { name: agreed.cipher, standardName: agreed.standardCipher, version: agreed.protocol };
};

facts.getProtocol = function() {
  if (!this[kHandle]) return null;
  return (this[kAgreed] ?? this[kConnection].agreed()).protocol ?? (this._tlsOptions.isServer ? null : 'unknown');
};

facts.getEphemeralKeyInfo = function() {
  if (!this[kHandle] || this._tlsOptions.isServer) return null;
  const { group, groupBits } = this[kAgreed] ?? {};
  return group ? { type: 'ECDH', name: group, size: groupBits } : {};
};

facts.getSharedSigalgs = function() {
  if (!this[kHandle]) return null;
  return sharedSigalgs(this[kConnection].hello().schemes, this._tlsOptions.secureContext?.[kSigalgs]);
};

facts.exportKeyingMaterial = function(length, label, context) {
  validateUint32(length, 'length', true);
  validateString(label, 'label');
  if (context !== undefined) validateBuffer(context, 'context');
  if (!this._secureEstablished) throw new ERR_TLS_INVALID_STATE();
  const bytes = this[kConnection].exportKeyingMaterial(length, label, context ?? EMPTY, context !== undefined);
  return asBuffer(bytes);
};

for (const name of ['getFinished', 'getPeerFinished']) {
  facts[name] = function() {
    if (!this[kHandle]) return null;
    if (!this._secureEstablished) return undefined;
    throw new ERR_METHOD_NOT_IMPLEMENTED(`tlsSocket.${name}()`);
  };
}

module.exports = { EMPTY, contextOf, facts, kAgreed, kChosen, kConnection, kSession };

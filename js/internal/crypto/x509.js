'use strict';
// X509Certificate: one certificate, what it says, and which hosts it is about.

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { isArrayBufferView, isAnyArrayBuffer } = require('internal/util/types');
const { validateString } = require('internal/validators');
const { certificateObject, timeText } = require('internal/tls/certificate');
const { checkServerIdentity, matchingName } = require('internal/tls/identity');
const { KeyObject } = require('internal/crypto/keys');
const { createPublicKey, publicKeyOf } = require('internal/crypto/asymmetric');

function nameText(pairs) {
  return pairs.map(([name, value]) => `${name}=${value}`).join('\n');
}

class X509Certificate {
  #der;
  #description;
  #legacy;
  #issuer;

  constructor(buffer) {
    let bytes;
    if (typeof buffer === 'string') bytes = Buffer.from(buffer);
    else if (isArrayBufferView(buffer)) bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    else if (isAnyArrayBuffer(buffer)) bytes = new Uint8Array(buffer);
    else throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
    const [first] = ops.op_tls_certificates_split(bytes);
    this.#der = Buffer.from(first);
    this.#description = ops.op_tls_certificate_describe(this.#der);
  }

  get subject() { return nameText(this.#description.subject) || undefined; }

  get issuer() { return nameText(this.#description.issuer) || undefined; }

  get subjectAltName() { return this.#description.subjectAltName ?? undefined; }

  get infoAccess() { return this.#description.infoAccess ?? undefined; }

  get validFrom() { return timeText(this.#description.validFrom); }

  get validTo() { return timeText(this.#description.validTo); }

  get validFromDate() { return new Date(this.#description.validFrom); }

  get validToDate() { return new Date(this.#description.validTo); }

  get fingerprint() { return this.#description.fingerprint; }

  get fingerprint256() { return this.#description.fingerprint256; }

  get fingerprint512() { return this.#description.fingerprint512; }

  get keyUsage() { return this.#description.extKeyUsage ?? undefined; }

  get serialNumber() { return this.#description.serialNumber; }

  get signatureAlgorithmOid() { return this.#description.signatureAlgorithmOid; }

  get ca() { return this.#description.ca; }

  get raw() { return Buffer.from(this.#der); }

  get publicKey() { return publicKeyOf(this.#description.key); }

  get issuerCertificate() { return this.#issuer; }

  toString() {
    return ops.op_tls_pem_encode('CERTIFICATE', this.#der);
  }

  toJSON() {
    return this.toString();
  }

  toLegacyObject() {
    return this.#legacy ??= certificateObject(this.#der);
  }

  checkHost(name, options) {
    validateString(name, 'name');
    const { dnsNames, subject } = this.#description;
    const commonNames = subject.filter(([key]) => key === 'CN').map(([, value]) => value);
    let names = dnsNames;
    if (options?.subject === 'always') names = [...dnsNames, ...commonNames];
    else if (dnsNames.length === 0 && options?.subject !== 'never') names = commonNames;
    return matchingName(name, names);
  }

  checkIP(address) {
    validateString(address, 'ip');
    return checkServerIdentity(address, this.toLegacyObject()) === undefined ? address : undefined;
  }

  checkEmail(email) {
    validateString(email, 'email');
    const [user, host] = email.split('@');
    const known = [...this.#description.emailNames, ...this.#description.subject.filter(([name]) => name === 'emailAddress').map(([, value]) => value)];
    const same = (one) => one.split('@')[0] === user && one.split('@')[1]?.toLowerCase() === host?.toLowerCase();
    return known.some(same) ? email : undefined;
  }

  checkIssued(other) {
    if (!(other instanceof X509Certificate)) throw new ERR_INVALID_ARG_TYPE('otherCert', 'X509Certificate', other);
    return ops.op_tls_certificate_issued(this.#der, other.raw, false);
  }

  checkPrivateKey(key) {
    if (!(key instanceof KeyObject)) throw new ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', key);
    if (key.type !== 'private') throw new ERR_INVALID_ARG_VALUE('pkey', key);
    return createPublicKey(key).equals(this.publicKey);
  }

  static withIssuer(der, issuer) {
    const certificate = new X509Certificate(der);
    certificate.#issuer = issuer;
    return certificate;
  }

  verify(key) {
    if (!(key instanceof KeyObject)) throw new ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', key);
    if (key.type !== 'public') throw new ERR_INVALID_ARG_VALUE('pkey', key);
    return ops.op_tls_certificate_verify(this.#der, key.export({ format: 'der', type: 'spki' }));
  }
}

// Programs make certificates from files, which do not bring their issuers.
const { withIssuer } = X509Certificate;
delete X509Certificate.withIssuer;

module.exports = { X509Certificate, withIssuer };

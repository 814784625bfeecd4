'use strict';
// Certificates as getPeerCertificate() and its like show them.

const { Buffer } = require('buffer');
const { asBuffer } = require('internal/tls/handle');

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// As OpenSSL prints a time.
function timeText(milliseconds) {
  const date = new Date(milliseconds);
  const two = (number) => String(number).padStart(2, '0');
  const day = String(date.getUTCDate()).padStart(2, ' ');
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${MONTHS[date.getUTCMonth()]} ${day} ${time} ${date.getUTCFullYear()} GMT`;
}

// [name, value] pairs as an object; a name that occurs several times has an array.
function nameObject(pairs) {
  const object = { __proto__: null };
  for (const [name, value] of pairs) {
    if (object[name] === undefined) object[name] = value;
    else if (Array.isArray(object[name])) object[name].push(value);
    else object[name] = [object[name], value];
  }
  return object;
}

function infoObject(text) {
  const object = { __proto__: null };
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon === -1) continue;
    (object[line.slice(0, colon)] ??= []).push(line.slice(colon + 1));
  }
  return object;
}

// `der` is a certificate's bytes.
function certificateObject(der) {
  const bytes = asBuffer(der);
  const d = ops.op_tls_certificate_describe(bytes);
  const { key } = d;
  // Node's names in Node's order; those that the certificate has nothing for are there, too.
  return {
    subject: nameObject(d.subject),
    issuer: nameObject(d.issuer),
    subjectaltname: d.subjectAltName ?? undefined,
    infoAccess: d.infoAccess === null ? undefined : infoObject(d.infoAccess),
    ca: d.ca,
    modulus: key.modulus ?? undefined,
    exponent: key.exponent ?? undefined,
    pubkey: key.point ? asBuffer(key.point) : key.modulus ? asBuffer(key.spki) : undefined,
    bits: key.bits || undefined,
    valid_from: timeText(d.validFrom),
    valid_to: timeText(d.validTo),
    fingerprint: d.fingerprint,
    fingerprint256: d.fingerprint256,
    fingerprint512: d.fingerprint512,
    ext_key_usage: d.extKeyUsage ?? undefined,
    serialNumber: d.serialNumber,
    raw: Buffer.from(bytes),
    asn1Curve: key.asn1Curve ?? undefined,
    nistCurve: key.nistCurve ?? undefined,
  };
}

// The first of a chain, each with its issuer; a root is its own.
function chainObject(chain) {
  const objects = chain.map(certificateObject);
  for (let i = 0; i < objects.length; i++) {
    if (i + 1 < objects.length) objects[i].issuerCertificate = objects[i + 1];
    else if (ops.op_tls_certificate_issued(objects[i].raw, objects[i].raw, false)) objects[i].issuerCertificate = objects[i];
  }
  return objects[0];
}

module.exports = { certificateObject, chainObject, nameObject, timeText };

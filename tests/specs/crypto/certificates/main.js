'use strict';
// What a certificate says, whom it is about, and which key is its own.
const fs = require('fs');
const { X509Certificate, createPrivateKey, createPublicKey } = require('crypto');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);
const cert = new X509Certificate(key('server.crt'));
const ca = new X509Certificate(key('ca.crt'));

console.log(cert.subject.split('\n'), cert.issuer.split('\n'), cert.subjectAltName, cert.ca, ca.ca, cert.keyUsage);
console.log(cert.checkHost('localhost'), cert.checkHost('a.server.example'), cert.checkHost('a.b.server.example'), cert.checkIP('127.0.0.1'));
console.log(cert.checkIssued(ca), ca.checkIssued(cert));
const own = createPrivateKey(key('server.key'));
console.log(cert.checkPrivateKey(own), cert.checkPrivateKey(createPrivateKey(key('client.key'))));
console.log(own.type, own.asymmetricKeyType, own.asymmetricKeyDetails);
console.log(createPublicKey(key('server.crt')).equals(cert.publicKey), createPublicKey(own).equals(cert.publicKey));
console.log(cert.toString() === String(key('server.crt')), new X509Certificate(cert.raw).fingerprint256 === cert.fingerprint256);

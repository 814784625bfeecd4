'use strict';
// Keys under a passphrase, in PEM of two kinds and in PKCS#12; what is wrong with others.
const fs = require('fs');
const tls = require('tls');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
const cert = key('server.crt');

function attempt(title, options) {
  try {
    tls.createSecureContext(options);
    console.log(`${title}: taken`);
  } catch (err) {
    console.log(`${title}: ${err.code} ${err.message}`);
  }
}

attempt('PKCS#8', { cert, key: key('server-encrypted.key'), passphrase: 'secret' });
attempt('older PEM', { cert, key: [{ pem: key('server-legacy.key'), passphrase: 'secret' }] });
attempt('PKCS#12', { pfx: key('server.pfx'), passphrase: 'secret' });
attempt('wrong passphrase', { cert, key: key('server-encrypted.key'), passphrase: 'guess' });
attempt('PKCS#12, wrong passphrase', { pfx: key('server.pfx'), passphrase: 'guess' });
attempt('another certificate\'s', { cert, key: key('client.key') });
attempt('no certificate', { cert: 'nothing' });
attempt('old cipher', { ciphers: 'AES128-SHA' });

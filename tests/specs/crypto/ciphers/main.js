'use strict';
// Ciphers: what they make of a text, whole, in pieces and as streams, and what they refuse.
const crypto = require('crypto');

const key = (length) => Buffer.alloc(length, 'a key, long enough');
const iv = (length) => Buffer.alloc(length, 'some vector');
const text = 'The text, which is longer than a block or two of the cipher.';
const aad = Buffer.from('what is not secret');

for (const name of [
  'aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'aes-128-ctr', 'aes-192-ctr', 'aes-256-ctr', 'aes-128-ecb', 'aes-192-ecb', 'aes-256-ecb',
  'aes-128-gcm', 'aes-192-gcm', 'AES-256-GCM', 'chacha20-poly1305',
]) {
  const info = crypto.getCipherInfo(name);
  const tagged = info.mode === 'gcm' || info.mode === 'stream';
  const own = [key(info.keyLength), info.ivLength ? iv(info.ivLength) : null];
  const cipher = crypto.createCipheriv(name, ...own);
  if (tagged) cipher.setAAD(aad);
  const out = cipher.update(text, 'utf8', 'hex') + cipher.final('hex');
  const decipher = crypto.createDecipheriv(name, ...own);
  if (tagged) decipher.setAAD(aad).setAuthTag(cipher.getAuthTag());
  let back = '';
  for (const byte of Buffer.from(out, 'hex')) back += decipher.update(Buffer.from([byte]), null, 'utf8');
  back += decipher.final('utf8');
  console.log(name, JSON.stringify(info), out, tagged ? cipher.getAuthTag().toString('hex') : '', back === text);
}

for (const length of [1, 8, 16, 60]) {
  const cipher = crypto.createCipheriv('aes-256-gcm', key(32), iv(length), { authTagLength: 12 });
  console.log(length, cipher.update(text, 'utf8', 'base64') + cipher.final('base64'), cipher.getAuthTag());
}
const bare = crypto.createCipheriv('aes-256-cbc', key(32), iv(16)).setAutoPadding(false);
console.log(Buffer.concat([bare.update(text.slice(0, 48)), bare.final()]).toString('base64'));

const decipher = (name, ...options) => crypto.createDecipheriv(name, key(32), iv(name.endsWith('cbc') ? 16 : 12), ...options);
for (const attempt of [
  () => crypto.createCipheriv('no such', key(32), iv(16)),
  () => crypto.createCipheriv('aes-256-cbc', key(32), iv(15)),
  () => crypto.createCipheriv('aes-256-cbc', key(31), iv(16)),
  () => crypto.createCipheriv('aes-256-cbc', key(32), null),
  () => crypto.createCipheriv('aes-256-ecb', key(32), iv(1)),
  () => crypto.createCipheriv('aes-256-gcm', key(32), ''),
  () => crypto.createCipheriv('aes-256-gcm', key(32), iv(12), { authTagLength: 3 }),
  () => crypto.createCipheriv('aes-256-gcm', key(32), iv(12)).getAuthTag(),
  () => crypto.createCipheriv('aes-256-cbc', key(32), iv(16)).setAAD(aad),
  () => crypto.createCipheriv('aes-256-cbc', key(32), iv(16)).update(5),
  () => decipher('aes-256-gcm').setAuthTag(Buffer.alloc(3)),
  () => decipher('aes-256-gcm').setAuthTag(Buffer.alloc(16)).final(),
  () => decipher('chacha20-poly1305').setAuthTag(Buffer.alloc(16)).final(),
  () => decipher('aes-256-cbc').final(),
  () => { const it = decipher('aes-256-cbc'); it.update(Buffer.alloc(16)); it.final(); },
  () => { const it = decipher('aes-256-cbc'); it.setAutoPadding(false); it.update(Buffer.alloc(17)); it.final(); },
  () => { const it = crypto.createCipheriv('aes-256-cbc', key(32), iv(16)); it.final(); it.final(); },
  () => { const it = crypto.createCipheriv('aes-256-cbc', key(32), iv(16)); it.final(); it.update('a'); },
  () => { const it = crypto.createCipheriv('aes-256-cbc', key(32), iv(16)); it.update('a', 'utf8', 'hex'); it.final('base64'); },
]) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

const through = crypto.createCipheriv('aes-128-ctr', crypto.createSecretKey(key(16)), iv(16));
through.pipe(crypto.createDecipheriv('aes-128-ctr', key(16), iv(16))).setEncoding('utf8').on('data', (chunk) => console.log(chunk));
through.end(text);
const wrong = crypto.createDecipheriv('aes-128-cbc', key(16), iv(16));
wrong.on('error', (error) => console.log('stream', error.code));
wrong.end(Buffer.alloc(5));

'use strict';
// The global crypto: random values and digests.
(async () => {
  console.log(Object.prototype.toString.call(crypto), crypto instanceof Crypto, crypto === require('crypto').webcrypto);
  console.log(crypto.getRandomValues(new Uint32Array(4)).some((value) => value !== 0), crypto.randomUUID().length);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('abc'));
  console.log(Buffer.from(digest).toString('hex'));
  await crypto.subtle.digest('none', new Uint8Array()).catch((err) => console.log(err.name, err.message));
  await crypto.subtle.generateKey('none', true, []).catch((err) => console.log(err.name));
})();

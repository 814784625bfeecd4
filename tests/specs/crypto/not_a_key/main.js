'use strict';
// What is no key is refused as OpenSSL refuses it.
const { createPrivateKey, createPublicKey } = require('crypto');

for (const input of ['k', 'MFkwEwYHKoZIzj0', '']) {
  for (const create of [createPublicKey, createPrivateKey]) {
    try {
      create(input);
      console.log(create.name, 'took', input);
    } catch (error) {
      console.log(create.name, JSON.stringify(input), error.name, error.code, error.message);
    }
  }
}

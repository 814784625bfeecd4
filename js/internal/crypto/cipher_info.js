'use strict';

// The ciphers that there are, by all their names.

// name: [mode, number in OpenSSL, key, block and IV length in bytes, what OpenSSL calls it]
const TABLE = { __proto__: null };
for (const [index, bits] of [128, 192, 256].entries()) {
  const key = bits / 8;
  TABLE[`aes-${bits}-cbc`] = { mode: 'cbc', name: `aes-${bits}-cbc`, nid: 419 + 4 * index, keyLength: key, blockSize: 16, ivLength: 16 };
  TABLE[`aes-${bits}-ctr`] = { mode: 'ctr', name: `aes-${bits}-ctr`, nid: 904 + index, keyLength: key, blockSize: 1, ivLength: 16 };
  TABLE[`aes-${bits}-ecb`] = { mode: 'ecb', name: `aes-${bits}-ecb`, nid: 418 + 4 * index, keyLength: key, blockSize: 16 };
  TABLE[`aes-${bits}-gcm`] = { mode: 'gcm', name: `id-aes${bits}-gcm`, nid: 895 + 3 * index, keyLength: key, blockSize: 1, ivLength: 12 };
}
TABLE['chacha20-poly1305'] = { mode: 'stream', name: 'chacha20-poly1305', nid: 1018, keyLength: 32, ivLength: 12 };

const ALIASES = {
  '__proto__': null,
  'aes128': 'aes-128-cbc', 'aes192': 'aes-192-cbc', 'aes256': 'aes-256-cbc',
  'id-aes128-gcm': 'aes-128-gcm', 'id-aes192-gcm': 'aes-192-gcm', 'id-aes256-gcm': 'aes-256-gcm',
};

// By a name in any case, or OpenSSL's number.
function cipherInfo(nameOrNumber) {
  if (typeof nameOrNumber === 'number') return Object.values(TABLE).find(({ nid }) => nid === nameOrNumber);
  const name = nameOrNumber.toLowerCase();
  return TABLE[ALIASES[name] ?? name];
}

function cipherNames() {
  return [...Object.keys(TABLE), ...Object.keys(ALIASES)].sort();
}

module.exports = { cipherInfo, cipherNames };

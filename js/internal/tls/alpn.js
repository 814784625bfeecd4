'use strict';
// ALPN's names of protocols as they go over the wire: each behind its length.

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE } } = require('internal/errors');

function wireProtocols(names) {
  const sizes = names.map((name, i) => {
    const length = Buffer.byteLength(name);
    if (length === 0) throw new ERR_INVALID_ARG_VALUE(`protocols[${i}]`, name, 'must be a non-empty string');
    if (length > 255) {
      throw new ERR_OUT_OF_RANGE(`The byte length of the protocol at index ${i} exceeds the maximum length.`, '<= 255', length, true);
    }
    return length;
  });
  const wire = Buffer.allocUnsafe(sizes.reduce((sum, length) => sum + length + 1, 0));
  let at = 0;
  for (let i = 0; i < names.length; i++) {
    wire[at++] = sizes[i];
    wire.write(names[i], at, sizes[i], 'utf8');
    at += sizes[i];
  }
  return wire;
}

// An array of names, or what is to go over the wire, as the latter in `out`.
function convertALPNProtocols(protocols, out) {
  if (Array.isArray(protocols)) out.ALPNProtocols = wireProtocols(protocols);
  else if (ArrayBuffer.isView(protocols)) out.ALPNProtocols = Buffer.from(new Uint8Array(protocols.buffer, protocols.byteOffset, protocols.byteLength));
}

module.exports = { convertALPNProtocols, wireProtocols };

'use strict';
// Pieces of bytes as one Uint8Array with memory of its own, which a Buffer's pool is not.

function joinBytes(pieces) {
  let length = 0;
  for (const piece of pieces) length += piece.byteLength;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}

module.exports = { joinBytes };

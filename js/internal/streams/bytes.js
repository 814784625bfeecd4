'use strict';

// What counts as bytes, and a Buffer over the same memory.

const { Buffer } = require('buffer');

function isUint8Array(value) {
  return value instanceof Uint8Array;
}

function asBuffer(view) {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

module.exports = { asBuffer, isArrayBufferView: ArrayBuffer.isView, isUint8Array };

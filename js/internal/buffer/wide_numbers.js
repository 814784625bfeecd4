'use strict';
// Buffer's BigInt, float and double accessors. A number's bytes are taken apart and put together
// through a few bytes of scratch memory that several typed arrays view.

const { checkOffset, checkWrite } = require('internal/buffer/bounds');

const bytes = new Uint8Array(8);
const asFloat = new Float32Array(bytes.buffer, 0, 1);
const asDouble = new Float64Array(bytes.buffer, 0, 1);
const asBigInt = new BigInt64Array(bytes.buffer, 0, 1);
const asBigUint = new BigUint64Array(bytes.buffer, 0, 1);

const kMaxInt64 = 2n ** 63n - 1n;
const kMinInt64 = -(2n ** 63n);
const kMaxUint64 = 2n ** 64n - 1n;

// Without this a string would be parsed as a BigInt. Node looks at the range and the offset first.
function requireBigInt(value) {
  if (typeof value !== 'bigint') {
    throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
  }
}

// NaN has many bit patterns, and V8 may hand us one that it uses for its own purposes.
function canonical(value) {
  return value === value ? value : NaN; // eslint-disable-line no-self-compare
}

// The scratch views are little-endian, as every platform V8 runs this on is.
function load4LE(buffer, offset) {
  bytes[0] = buffer[offset];
  bytes[1] = buffer[offset + 1];
  bytes[2] = buffer[offset + 2];
  bytes[3] = buffer[offset + 3];
}

function load4BE(buffer, offset) {
  bytes[3] = buffer[offset];
  bytes[2] = buffer[offset + 1];
  bytes[1] = buffer[offset + 2];
  bytes[0] = buffer[offset + 3];
}

function load8LE(buffer, offset) {
  bytes[0] = buffer[offset];
  bytes[1] = buffer[offset + 1];
  bytes[2] = buffer[offset + 2];
  bytes[3] = buffer[offset + 3];
  bytes[4] = buffer[offset + 4];
  bytes[5] = buffer[offset + 5];
  bytes[6] = buffer[offset + 6];
  bytes[7] = buffer[offset + 7];
}

function load8BE(buffer, offset) {
  bytes[7] = buffer[offset];
  bytes[6] = buffer[offset + 1];
  bytes[5] = buffer[offset + 2];
  bytes[4] = buffer[offset + 3];
  bytes[3] = buffer[offset + 4];
  bytes[2] = buffer[offset + 5];
  bytes[1] = buffer[offset + 6];
  bytes[0] = buffer[offset + 7];
}

function store4LE(buffer, offset) {
  buffer[offset] = bytes[0];
  buffer[offset + 1] = bytes[1];
  buffer[offset + 2] = bytes[2];
  buffer[offset + 3] = bytes[3];
  return offset + 4;
}

function store4BE(buffer, offset) {
  buffer[offset] = bytes[3];
  buffer[offset + 1] = bytes[2];
  buffer[offset + 2] = bytes[1];
  buffer[offset + 3] = bytes[0];
  return offset + 4;
}

function store8LE(buffer, offset) {
  buffer[offset] = bytes[0];
  buffer[offset + 1] = bytes[1];
  buffer[offset + 2] = bytes[2];
  buffer[offset + 3] = bytes[3];
  buffer[offset + 4] = bytes[4];
  buffer[offset + 5] = bytes[5];
  buffer[offset + 6] = bytes[6];
  buffer[offset + 7] = bytes[7];
  return offset + 8;
}

function store8BE(buffer, offset) {
  buffer[offset] = bytes[7];
  buffer[offset + 1] = bytes[6];
  buffer[offset + 2] = bytes[5];
  buffer[offset + 3] = bytes[4];
  buffer[offset + 4] = bytes[3];
  buffer[offset + 5] = bytes[2];
  buffer[offset + 6] = bytes[1];
  buffer[offset + 7] = bytes[0];
  return offset + 8;
}

module.exports = {
  readFloatLE(offset = 0) {
    checkOffset(this, offset, 4);
    load4LE(this, offset);
    return asFloat[0];
  },

  readFloatBE(offset = 0) {
    checkOffset(this, offset, 4);
    load4BE(this, offset);
    return asFloat[0];
  },

  readDoubleLE(offset = 0) {
    checkOffset(this, offset, 8);
    load8LE(this, offset);
    return asDouble[0];
  },

  readDoubleBE(offset = 0) {
    checkOffset(this, offset, 8);
    load8BE(this, offset);
    return asDouble[0];
  },

  readBigUInt64LE(offset = 0) {
    checkOffset(this, offset, 8);
    load8LE(this, offset);
    return asBigUint[0];
  },

  readBigUInt64BE(offset = 0) {
    checkOffset(this, offset, 8);
    load8BE(this, offset);
    return asBigUint[0];
  },

  readBigInt64LE(offset = 0) {
    checkOffset(this, offset, 8);
    load8LE(this, offset);
    return asBigInt[0];
  },

  readBigInt64BE(offset = 0) {
    checkOffset(this, offset, 8);
    load8BE(this, offset);
    return asBigInt[0];
  },

  writeFloatLE(value, offset = 0) {
    value = +value;
    checkOffset(this, offset, 4);
    asFloat[0] = canonical(value);
    return store4LE(this, offset);
  },

  writeFloatBE(value, offset = 0) {
    value = +value;
    checkOffset(this, offset, 4);
    asFloat[0] = canonical(value);
    return store4BE(this, offset);
  },

  writeDoubleLE(value, offset = 0) {
    value = +value;
    checkOffset(this, offset, 8);
    asDouble[0] = canonical(value);
    return store8LE(this, offset);
  },

  writeDoubleBE(value, offset = 0) {
    value = +value;
    checkOffset(this, offset, 8);
    asDouble[0] = canonical(value);
    return store8BE(this, offset);
  },

  writeBigUInt64LE(value, offset = 0) {
    checkWrite(this, value, 0n, kMaxUint64, offset, 8);
    requireBigInt(value);
    asBigUint[0] = value;
    return store8LE(this, offset);
  },

  writeBigUInt64BE(value, offset = 0) {
    checkWrite(this, value, 0n, kMaxUint64, offset, 8);
    requireBigInt(value);
    asBigUint[0] = value;
    return store8BE(this, offset);
  },

  writeBigInt64LE(value, offset = 0) {
    checkWrite(this, value, kMinInt64, kMaxInt64, offset, 8);
    requireBigInt(value);
    asBigInt[0] = value;
    return store8LE(this, offset);
  },

  writeBigInt64BE(value, offset = 0) {
    checkWrite(this, value, kMinInt64, kMaxInt64, offset, 8);
    requireBigInt(value);
    asBigInt[0] = value;
    return store8BE(this, offset);
  },
};

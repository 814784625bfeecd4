'use strict';
// Buffer's integer accessors up to 48 bits: readUInt8 ... writeIntBE. They are spelled out for each
// width because V8 compiles each of them to a bounds check and a few loads. As in Node, the writes of
// one byte look at the offset's type before the value's range, the others after it.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateNumber } = require('internal/validators');
const { checkOffset, checkWrite, failByteLength } = require('internal/buffer/bounds');

const methods = {
  readUInt8(offset = 0) {
    checkOffset(this, offset, 1);
    return this[offset];
  },

  readUInt16LE(offset = 0) {
    checkOffset(this, offset, 2);
    return this[offset] | this[offset + 1] << 8;
  },

  readUInt16BE(offset = 0) {
    checkOffset(this, offset, 2);
    return this[offset] << 8 | this[offset + 1];
  },

  readUInt32LE(offset = 0) {
    checkOffset(this, offset, 4);
    return (this[offset] | this[offset + 1] << 8 | this[offset + 2] << 16 | this[offset + 3] << 24) >>> 0;
  },

  readUInt32BE(offset = 0) {
    checkOffset(this, offset, 4);
    return (this[offset] << 24 | this[offset + 1] << 16 | this[offset + 2] << 8 | this[offset + 3]) >>> 0;
  },

  readInt8(offset = 0) {
    checkOffset(this, offset, 1);
    return this[offset] << 24 >> 24;
  },

  readInt16LE(offset = 0) {
    checkOffset(this, offset, 2);
    return (this[offset] << 16 | this[offset + 1] << 24) >> 16;
  },

  readInt16BE(offset = 0) {
    checkOffset(this, offset, 2);
    return (this[offset] << 24 | this[offset + 1] << 16) >> 16;
  },

  readInt32LE(offset = 0) {
    checkOffset(this, offset, 4);
    return this[offset] | this[offset + 1] << 8 | this[offset + 2] << 16 | this[offset + 3] << 24;
  },

  readInt32BE(offset = 0) {
    checkOffset(this, offset, 4);
    return this[offset] << 24 | this[offset + 1] << 16 | this[offset + 2] << 8 | this[offset + 3];
  },

  readUIntLE(offset, byteLength) {
    checkByteLength(this, offset, byteLength);
    return unsignedLE(this, offset, byteLength);
  },

  readUIntBE(offset, byteLength) {
    checkByteLength(this, offset, byteLength);
    return unsignedBE(this, offset, byteLength);
  },

  readIntLE(offset, byteLength) {
    checkByteLength(this, offset, byteLength);
    return signed(unsignedLE(this, offset, byteLength), byteLength);
  },

  readIntBE(offset, byteLength) {
    checkByteLength(this, offset, byteLength);
    return signed(unsignedBE(this, offset, byteLength), byteLength);
  },

  writeUInt8(value, offset = 0) {
    value = +value;
    validateNumber(offset, 'offset');
    checkWrite(this, value, 0, 0xff, offset, 1);
    this[offset] = value;
    return offset + 1;
  },

  writeUInt16LE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, 0, 0xffff, offset, 2);
    return put16LE(this, value, offset);
  },

  writeUInt16BE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, 0, 0xffff, offset, 2);
    return put16BE(this, value, offset);
  },

  writeUInt32LE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, 0, 0xffffffff, offset, 4);
    return put32LE(this, value, offset);
  },

  writeUInt32BE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, 0, 0xffffffff, offset, 4);
    return put32BE(this, value, offset);
  },

  writeInt8(value, offset = 0) {
    value = +value;
    validateNumber(offset, 'offset');
    checkWrite(this, value, -0x80, 0x7f, offset, 1);
    this[offset] = value;
    return offset + 1;
  },

  writeInt16LE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, -0x8000, 0x7fff, offset, 2);
    return put16LE(this, value, offset);
  },

  writeInt16BE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, -0x8000, 0x7fff, offset, 2);
    return put16BE(this, value, offset);
  },

  writeInt32LE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, -0x80000000, 0x7fffffff, offset, 4);
    return put32LE(this, value, offset);
  },

  writeInt32BE(value, offset = 0) {
    value = +value;
    checkWrite(this, value, -0x80000000, 0x7fffffff, offset, 4);
    return put32BE(this, value, offset);
  },

  writeUIntLE(value, offset, byteLength) {
    checkKnownByteLength(byteLength);
    value = +value;
    if (byteLength === 1) validateNumber(offset, 'offset');
    checkWrite(this, value, 0, 2 ** (8 * byteLength) - 1, offset, byteLength);
    return putLE(this, value, offset, byteLength);
  },

  writeUIntBE(value, offset, byteLength) {
    checkKnownByteLength(byteLength);
    value = +value;
    if (byteLength === 1) validateNumber(offset, 'offset');
    checkWrite(this, value, 0, 2 ** (8 * byteLength) - 1, offset, byteLength);
    return putBE(this, value, offset, byteLength);
  },

  writeIntLE(value, offset, byteLength) {
    checkKnownByteLength(byteLength);
    value = +value;
    if (byteLength === 1) validateNumber(offset, 'offset');
    const half = 2 ** (8 * byteLength - 1);
    checkWrite(this, value, -half, half - 1, offset, byteLength);
    return putLE(this, value, offset, byteLength);
  },

  writeIntBE(value, offset, byteLength) {
    checkKnownByteLength(byteLength);
    value = +value;
    if (byteLength === 1) validateNumber(offset, 'offset');
    const half = 2 ** (8 * byteLength - 1);
    checkWrite(this, value, -half, half - 1, offset, byteLength);
    return putBE(this, value, offset, byteLength);
  },
};

function checkKnownByteLength(byteLength) {
  if (byteLength !== 1 && byteLength !== 2 && byteLength !== 3 && byteLength !== 4 &&
      byteLength !== 5 && byteLength !== 6) {
    failByteLength(byteLength);
  }
}

function checkByteLength(buffer, offset, byteLength) {
  if (offset === undefined) throw new ERR_INVALID_ARG_TYPE('offset', 'number', offset);
  checkKnownByteLength(byteLength);
  checkOffset(buffer, offset, byteLength);
}

// The bitwise operators see 32 bits, so a longer number is read in two parts.
function unsignedLE(buffer, offset, byteLength) {
  let high = 0;
  let low = 0;
  let at = offset + byteLength - 1;
  for (; byteLength > 4; byteLength--) high = high << 8 | buffer[at--];
  for (; byteLength > 0; byteLength--) low = low << 8 | buffer[at--];
  return high * 0x100000000 + (low >>> 0);
}

function unsignedBE(buffer, offset, byteLength) {
  let high = 0;
  let low = 0;
  for (; byteLength > 4; byteLength--) high = high << 8 | buffer[offset++];
  for (; byteLength > 0; byteLength--) low = low << 8 | buffer[offset++];
  return high * 0x100000000 + (low >>> 0);
}

function signed(value, byteLength) {
  const half = 2 ** (8 * byteLength - 1);
  return value < half ? value : value - 2 * half;
}

function put16LE(buffer, value, offset) {
  buffer[offset] = value;
  buffer[offset + 1] = value >>> 8;
  return offset + 2;
}

function put16BE(buffer, value, offset) {
  buffer[offset] = value >>> 8;
  buffer[offset + 1] = value;
  return offset + 2;
}

function put32LE(buffer, value, offset) {
  buffer[offset] = value;
  buffer[offset + 1] = value >>> 8;
  buffer[offset + 2] = value >>> 16;
  buffer[offset + 3] = value >>> 24;
  return offset + 4;
}

function put32BE(buffer, value, offset) {
  buffer[offset] = value >>> 24;
  buffer[offset + 1] = value >>> 16;
  buffer[offset + 2] = value >>> 8;
  buffer[offset + 3] = value;
  return offset + 4;
}

function putLE(buffer, value, offset, byteLength) {
  let low = value | 0;
  let high = Math.floor(value / 0x100000000);
  for (let i = 0; i < byteLength; i++) {
    if (i < 4) {
      buffer[offset + i] = low;
      low >>>= 8;
    } else {
      buffer[offset + i] = high;
      high >>= 8;
    }
  }
  return offset + byteLength;
}

function putBE(buffer, value, offset, byteLength) {
  let low = value | 0;
  let high = Math.floor(value / 0x100000000);
  for (let i = 0; i < byteLength; i++) {
    const at = offset + byteLength - 1 - i;
    if (i < 4) {
      buffer[at] = low;
      low >>>= 8;
    } else {
      buffer[at] = high;
      high >>= 8;
    }
  }
  return offset + byteLength;
}

module.exports = methods;

'use strict';

// StringDecoder: bytes that come in pieces, to text, without cutting a character in two. What a
// piece leaves unfinished (part of a UTF-8 sequence, half a surrogate pair, one or two bytes of a
// base64 triple) is kept for the next one.

const { Buffer } = require('buffer');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_UNKNOWN_ENCODING },
} = require('internal/errors');
const { normalizeEncoding } = require('internal/util/encoding_names');

const kState = Symbol('kState');

// How an encoding's characters can be cut.
const kWhole = 0;
const kUtf8 = 1;
const kUtf16 = 2;
const kBase64 = 3;

const kinds = {
  '__proto__': null,
  'utf8': kUtf8,
  'utf16le': kUtf16,
  'base64': kBase64,
  'base64url': kBase64,
  'latin1': kWhole,
  'ascii': kWhole,
  'hex': kWhole,
};

function nameOf(encoding) {
  const name = normalizeEncoding(encoding);
  if (name === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  return name;
}

// What a decoder has kept back: bytes[0] to bytes[count - 1]; `missing` more make a character.
class State {
  constructor(kind) {
    this.kind = kind;
    this.count = 0;
    this.missing = 0;
    this.bytes = null;
  }

  keep(buffer, start) {
    this.bytes ??= Buffer.alloc(4);
    for (let i = start; i < buffer.length; i++) this.bytes[this.count++] = buffer[i];
  }

  reset() {
    this.count = 0;
    this.missing = 0;
    this.bytes?.fill(0);
  }
}

function StringDecoder(encoding) {
  this.encoding = nameOf(encoding);
  this[kState] = new State(kinds[this.encoding]);
}

// The whole length of the UTF-8 sequence that `byte` begins; 1 where it begins none.
function sequenceLength(byte) {
  if ((byte & 0xe0) === 0xc0) return 2;
  if ((byte & 0xf0) === 0xe0) return 3;
  return (byte & 0xf8) === 0xf0 ? 4 : 1;
}

// Each of the three says how many bytes at the end of buffer[start...] begin a character that is
// not all there, and sets state.missing to how many more it takes.

function unfinishedUtf8(state, buffer, start) {
  const { length } = buffer;
  for (let back = 1; back <= 3 && length - back >= start; back++) {
    const byte = buffer[length - back];
    if ((byte & 0xc0) === 0x80) continue;
    const whole = sequenceLength(byte);
    if (whole <= back) return 0;
    state.missing = whole - back;
    return back;
  }
  return 0;
}

function unfinishedUtf16(state, buffer, start) {
  const odd = (buffer.length - start) % 2;
  const end = buffer.length - odd;
  // A high surrogate waits for its other half.
  if (end - start >= 2 && (buffer[end - 1] & 0xfc) === 0xd8) {
    if (odd === 0) {
      state.missing = 2;
      return 2;
    }
  }
  state.missing = odd;
  return odd;
}

function unfinishedBase64(state, buffer, start) {
  const rest = (buffer.length - start) % 3;
  state.missing = rest === 0 ? 0 : 3 - rest;
  return rest;
}

const unfinished = [null, unfinishedUtf8, unfinishedUtf16, unfinishedBase64];

StringDecoder.prototype.write = function write(buf) {
  if (typeof buf === 'string') return buf;
  if (!ArrayBuffer.isView(buf)) {
    throw new ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray', 'DataView'], buf);
  }
  const state = this[kState];
  if (state === undefined) throw new ERR_INVALID_THIS('StringDecoder');
  const buffer = buf instanceof Buffer ? buf :
    Buffer.from(buf.buffer, buf.byteOffset, buf.byteLength);

  if (state.kind === kWhole) return buffer.toString(this.encoding);

  let text = '';
  let start = 0;
  while (state.missing > 0) {
    if (start === buffer.length) return text;
    if (state.kind === kUtf8 && (buffer[start] & 0xc0) !== 0x80) {
      // The sequence was broken off.
      text += flush(this, state);
      break;
    }
    state.bytes[state.count++] = buffer[start++];
    if (--state.missing > 0) continue;

    const { bytes, count } = state;
    if (state.kind === kUtf16 && count === 2 && (bytes[1] & 0xfc) === 0xd8) {
      state.missing = 2;
      continue;
    }
    text += bytes.toString(this.encoding, 0, count);
    state.reset();
  }

  const kept = unfinished[state.kind](state, buffer, start);
  if (kept > 0) state.keep(buffer, buffer.length - kept);
  if (start === 0 && kept === 0 && text === '') return buffer.toString(this.encoding);
  return text + buffer.toString(this.encoding, start, buffer.length - kept);
};

function flush(decoder, state) {
  let { count } = state;
  if (count === 0) return '';
  // Half a UTF-16 unit is nothing.
  if (state.kind === kUtf16) count -= count % 2;
  const text = state.bytes.toString(decoder.encoding, 0, count);
  state.reset();
  return text;
}

StringDecoder.prototype.end = function end(buf) {
  const text = buf === undefined ? '' : this.write(buf);
  return text + flush(this, this[kState]);
};

StringDecoder.prototype.text = function text(buf, offset) {
  this[kState].reset();
  return this.write(buf.slice(offset));
};

// Undocumented, but read by the ecosystem.
Object.defineProperties(StringDecoder.prototype, {
  lastChar: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      this[kState].bytes ??= Buffer.alloc(4);
      return this[kState].bytes;
    },
  },
  lastNeed: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return this[kState].missing;
    },
  },
  lastTotal: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return this[kState].count + this[kState].missing;
    },
  },
});

module.exports = { StringDecoder };

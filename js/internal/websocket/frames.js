'use strict';
// The frames of RFC 6455 as a client sends and reads them: bytes in, frames and messages out, and the other way round. No I/O and no events.

const { Buffer } = require('buffer');
const { randomFillSync } = require('crypto');

const CONTINUATION = 0;
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

// What a connection is closed with.
const PROTOCOL_ERROR = 1002;
const NO_STATUS = 1005;
const INVALID_DATA = 1007;
const TOO_LARGE = 1009;

const FIN = 0x80;
const RESERVED = 0x70;
const MASKED = 0x80;

// The payload starts here in a frame's memory, so that it can be masked four bytes at a time; the head stands before it.
const HEAD = 16;
const MASKS = 4096;

let masks = null;
let nextMask = MASKS;

// Four random bytes, of which many are made at once.
function takeMask() {
  if (nextMask === MASKS) {
    masks ??= Buffer.allocUnsafeSlow(MASKS);
    randomFillSync(masks);
    nextMask = 0;
  }
  nextMask += 4;
  return nextMask - 4;
}

// One whole frame, masked as a client's has to be.
function frame(opcode, payload) {
  const { length } = payload;
  const bytes = Buffer.allocUnsafe(HEAD + length);
  const mask = takeMask();
  const start = HEAD - 6 - (length < 126 ? 0 : length < 65536 ? 2 : 8);
  bytes[start] = FIN | opcode;
  if (length < 126) {
    bytes[start + 1] = MASKED | length;
  } else if (length < 65536) {
    bytes[start + 1] = MASKED | 126;
    bytes.writeUInt16BE(length, start + 2);
  } else {
    bytes[start + 1] = MASKED | 127;
    bytes.writeUInt32BE(Math.floor(length / 2 ** 32), start + 2);
    bytes.writeUInt32BE(length >>> 0, start + 6);
  }
  masks.copy(bytes, HEAD - 4, mask, mask + 4);
  bytes.set(payload, HEAD);
  applyMask(bytes, length, mask);
  return bytes.subarray(start);
}

function applyMask(bytes, length, mask) {
  let done = 0;
  const at = bytes.byteOffset + HEAD;
  if (length >= 32 && at % 4 === 0) {
    const words = new Int32Array(bytes.buffer, at, length >> 2);
    const word = new Int32Array(masks.buffer, mask, 1)[0];
    for (let i = 0; i < words.length; i++) words[i] ^= word;
    done = words.length * 4;
  }
  for (let i = done; i < length; i++) bytes[HEAD + i] ^= masks[mask + (i & 3)];
}

function closeFrame(code, reason) {
  if (code === undefined) return frame(CLOSE, Buffer.alloc(0));
  const text = Buffer.from(reason ?? '');
  const payload = Buffer.allocUnsafe(2 + text.length);
  payload.writeUInt16BE(code, 0);
  text.copy(payload, 2);
  return frame(CLOSE, payload);
}

// Codes that a peer may send.
function isSendable(code) {
  return (code >= 1000 && code <= 1014 && code !== 1004 && code !== NO_STATUS && code !== 1006) || (code >= 3000 && code <= 4999);
}

class ProtocolError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

// Reads what a server sends. `handler` has onText(string), onBinary(Buffer), onPing(Buffer) and onClose(code, reason), where code 1005 says that
// there was none. What breaks the rules is thrown as a ProtocolError.
class FrameReader {
  #handler;
  #maxLength;
  // Bytes that make no whole head or payload yet.
  #pieces = [];
  #size = 0;
  // The frame that is being read: null before its head is there.
  #opcode = -1;
  #fin = false;
  #length = 0;
  // The message that its frames belong to.
  #message = null;
  #messageOpcode = -1;
  #messageLength = 0;

  constructor(handler, maxLength) {
    this.#handler = handler;
    this.#maxLength = maxLength;
  }

  push(bytes) {
    if (bytes.length === 0) return;
    this.#pieces.push(bytes);
    this.#size += bytes.length;
    while (this.#opcode === -1 ? this.#readHead() : this.#readPayload());
  }

  // The next `count` bytes in one piece.
  #take(count) {
    this.#size -= count;
    const [first] = this.#pieces;
    if (count === 0) return Buffer.alloc(0);
    if (first.length > count) {
      this.#pieces[0] = first.subarray(count);
      return first.subarray(0, count);
    }
    if (first.length === count) return this.#pieces.shift();
    const all = Buffer.concat(this.#pieces);
    this.#pieces = all.length > count ? [all.subarray(count)] : [];
    return all.subarray(0, count);
  }

  #byteAt(index) {
    for (const piece of this.#pieces) {
      if (index < piece.length) return piece[index];
      index -= piece.length;
    }
    return undefined;
  }

  #readHead() {
    if (this.#size < 2) return false;
    const first = this.#byteAt(0);
    const second = this.#byteAt(1);
    const opcode = first & 0x0f;
    const fin = (first & FIN) !== 0;
    if ((first & RESERVED) !== 0) throw new ProtocolError(PROTOCOL_ERROR, 'RSV bits are set and nothing was agreed for them');
    if ((second & MASKED) !== 0) throw new ProtocolError(PROTOCOL_ERROR, 'a frame of the server is masked');
    const short = second & 0x7f;
    if (opcode >= CLOSE) {
      if (opcode > PONG) throw new ProtocolError(PROTOCOL_ERROR, 'invalid opcode received');
      if (!fin) throw new ProtocolError(PROTOCOL_ERROR, 'a control frame is fragmented');
      if (short > 125) throw new ProtocolError(PROTOCOL_ERROR, 'a control frame has more than 125 bytes');
    } else if (opcode > BINARY) {
      throw new ProtocolError(PROTOCOL_ERROR, 'invalid opcode received');
    } else if ((opcode === CONTINUATION) !== (this.#message !== null)) {
      throw new ProtocolError(PROTOCOL_ERROR, opcode === CONTINUATION ? 'unexpected continuation frame' : 'expected a continuation frame');
    }
    const headLength = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (this.#size < headLength) return false;
    const head = this.#take(headLength);
    let length = short;
    if (short === 126) length = head.readUInt16BE(2);
    else if (short === 127) length = head.readUInt32BE(2) * 2 ** 32 + head.readUInt32BE(6);
    if (length + (opcode < CLOSE ? this.#messageLength : 0) > this.#maxLength) throw new ProtocolError(TOO_LARGE, 'the message is too large');
    this.#opcode = opcode;
    this.#fin = fin;
    this.#length = length;
    return true;
  }

  #readPayload() {
    if (this.#size < this.#length) return false;
    const payload = this.#take(this.#length);
    const opcode = this.#opcode;
    this.#opcode = -1;
    switch (opcode) {
      case CLOSE: this.#close(payload); break;
      case PING: this.#handler.onPing(payload); break;
      case PONG: break;
      default: this.#data(opcode, payload);
    }
    return true;
  }

  #data(opcode, payload) {
    if (opcode !== CONTINUATION) {
      this.#message = [];
      this.#messageOpcode = opcode;
      this.#messageLength = 0;
    }
    this.#message.push(payload);
    this.#messageLength += payload.length;
    if (!this.#fin) return;
    const bytes = this.#message.length === 1 ? payload : Buffer.concat(this.#message, this.#messageLength);
    this.#message = null;
    this.#messageLength = 0;
    if (this.#messageOpcode === TEXT) this.#handler.onText(decode(bytes));
    else this.#handler.onBinary(bytes);
  }

  #close(payload) {
    if (payload.length === 0) {
      this.#handler.onClose(NO_STATUS, '');
      return;
    }
    if (payload.length === 1) throw new ProtocolError(PROTOCOL_ERROR, 'a close frame has one byte');
    const code = payload.readUInt16BE(0);
    if (!isSendable(code)) throw new ProtocolError(PROTOCOL_ERROR, `invalid close code ${code}`);
    this.#handler.onClose(code, decode(payload.subarray(2)));
  }
}

let decoder;

function decode(bytes) {
  decoder ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes);
  } catch {
    throw new ProtocolError(INVALID_DATA, 'invalid UTF-8 received');
  }
}

module.exports = { BINARY, FrameReader, NO_STATUS, PONG, ProtocolError, TEXT, closeFrame, frame };

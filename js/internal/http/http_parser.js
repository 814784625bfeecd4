'use strict';
// require('_http_common').HTTPParser, for programs that bring their own bytes: Node's callbacks by number on the reader of ext_net/src/http/parser.rs.
// Servers and clients do not use it.

const { Buffer } = require('buffer');
const { genericNodeError, codes: { ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');
const { validateOneOf } = require('internal/validators');
const { FRAMED, KEEP_ALIVE, CONNECT, UPGRADE } = require('internal/http/flags');
const { maxHeaderSize } = require('internal/http/limits');
const { PARSER_METHODS } = require('internal/http/status');

const REQUEST = 1;
const RESPONSE = 2;
const kOnMessageBegin = 0;
const kOnHeaders = 1;
const kOnHeadersComplete = 2;
const kOnBody = 3;
const kOnMessageComplete = 4;

// What the reader tells.
const HEAD = 1;
const BODY = 2;
const END = 3;

// Fields that are given at once; those of a longer head come in several pieces before its end.
const BATCH = 64;

const hasNoBody = (status) => status === 204 || status === 304 || (status >= 100 && status < 200);

class HTTPParser {
  #reader = null;
  #type = REQUEST;
  #paused = false;
  #executing = false;
  #chunk = undefined;
  // Behind an upgrade nothing is HTTP's.
  #upgraded = false;
  #begun = false;
  #error = null;

  initialize(type, resource, maxSize = 0, lenient = 0) {
    validateOneOf(type, 'type', [REQUEST, RESPONSE]);
    if (lenient) throw new ERR_METHOD_NOT_IMPLEMENTED('HTTPParser.kLenient');
    this.#type = type;
    this.#reader = new ops.HttpMessageParser(type === RESPONSE, maxSize || maxHeaderSize());
    this.#paused = false;
    this.#upgraded = false;
    this.#begun = false;
    this.#error = null;
  }

  // The number of bytes read, or an Error.
  execute(buffer, offset = 0, length = buffer?.byteLength - offset) {
    if (this.#reader === null) throw new TypeError('Illegal invocation');
    if (!isArrayBufferView(buffer)) throw new ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView'], buffer);
    const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset + offset, Math.max(0, Math.min(length, buffer.byteLength - offset)));
    if (this.#upgraded) return 0;
    this.#reader.feed(bytes);
    this.#chunk = buffer;
    this.#executing = true;
    try {
      return this.#error ?? this.#run() ?? (this.#upgraded ? this.#reader.parsed() : bytes.length);
    } finally {
      this.#executing = false;
      this.#chunk = undefined;
    }
  }

  // Tells what there is until more must come; an Error if that is no message.
  #run() {
    while (!this.#paused && !this.#upgraded) {
      const event = this.#reader.next();
      if (event === undefined) {
        this.#begin();
        return undefined;
      }
      switch (event[0]) {
        case HEAD: this.#head(event); break;
        case BODY: this[kOnBody]?.(Buffer.from(event[1])); break;
        case END: this.#end(event[1]); break;
        default: return this.#fail(event);
      }
    }
    return undefined;
  }

  #begin() {
    if (this.#begun || !this.#reader.midMessage()) return;
    this.#begun = true;
    this[kOnMessageBegin]?.();
  }

  #head([, flags, fields, method, text, status, major, minor]) {
    if (!this.#begun) this[kOnMessageBegin]?.();
    this.#begun = true;
    const isRequest = this.#type === REQUEST;
    let headers = fields;
    let url = isRequest ? text : undefined;
    if (fields.length > BATCH) {
      for (let i = 0; i < fields.length; i += BATCH) this[kOnHeaders]?.(fields.slice(i, i + BATCH), i === 0 ? url ?? '' : '');
      headers = undefined;
      url = undefined;
    }
    const upgrade = (flags & (UPGRADE | CONNECT)) !== 0 && (isRequest || status === 101);
    const unframed = !isRequest && (flags & FRAMED) === 0 && !hasNoBody(status);
    if (!isRequest && hasNoBody(status)) this.#reader.skipBody();
    const result = this[kOnHeadersComplete]?.(
      major, minor, headers, isRequest ? PARSER_METHODS.indexOf(method) : undefined, url, isRequest ? undefined : status,
      isRequest ? undefined : text, upgrade, (flags & KEEP_ALIVE) !== 0 && !unframed);
    if (result) this.#reader.skipBody();
    if (upgrade || result === 2) {
      this.#upgraded = true;
      this.#end(undefined);
    }
  }

  #end(trailers) {
    this.#begun = false;
    if (trailers !== undefined) this[kOnHeaders]?.(trailers, '');
    this[kOnMessageComplete]?.();
  }

  #fail([, code, reason, bytesParsed]) {
    this.#error = genericNodeError('Parse Error', { code, reason, bytesParsed });
    return this.#error;
  }

  // The input ends. An Error if that is in the middle of a message.
  finish() {
    if (this.#reader === null || this.#upgraded || this.#error !== null) return undefined;
    switch (this.#reader.finish()) {
      case 1: this.#end(undefined); return undefined;
      case 2: return this.#fail([0, 'HPE_INVALID_EOF_STATE', 'Invalid EOF state', 0]);
      default: return undefined;
    }
  }

  pause() {
    this.#paused = true;
  }

  resume() {
    this.#paused = false;
    if (!this.#executing && this.#reader !== null) this.#run();
  }

  getCurrentBuffer() {
    return this.#chunk;
  }

  consume() {
    throw new ERR_METHOD_NOT_IMPLEMENTED('HTTPParser.consume()');
  }

  unconsume() {}

  remove() {}

  close() {
    this.#reader = null;
  }

  free() {
    this.#reader = null;
  }
}

Object.assign(HTTPParser, {
  REQUEST, RESPONSE, kOnMessageBegin, kOnHeaders, kOnHeadersComplete, kOnBody, kOnMessageComplete, kOnExecute: 5, kOnTimeout: 6, kLenientNone: 0,
});

module.exports = { HTTPParser };

'use strict';
// The globals TextEncoder and TextDecoder. UTF-8 in one piece goes straight to an op; streams and the
// legacy encodings have a decoder in Rust that keeps what is between two pieces.

const {
  codes: {
    ERR_ENCODING_INVALID_ENCODED_DATA, ERR_ENCODING_NOT_SUPPORTED, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS,
    ERR_STRING_TOO_LONG,
  },
  makeClass,
} = require('internal/errors');
const {
  kValidateObjectAllowObjects, validateObject, validateString,
} = require('internal/validators');
const { isAnyArrayBuffer, isArrayBufferView, isUint8Array } = require('internal/buffer/views');

const NoBytes = makeClass(
  TypeError, 'ERR_INVALID_ARG_TYPE',
  'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.');

const kInspect = Symbol.for('nodejs.util.inspect.custom');

// What an op answers instead of a string.
const kInvalid = 0;

const counts = new Uint32Array(2);

/** The name of the encoding that a label stands for, or undefined. */
function getEncodingFromLabel(label) {
  const name = ops.op_os_encoding_name(`${label}`);
  return name === '' ? undefined : name;
}

function inspectAs(name, fields, depth, options) {
  if (typeof depth === 'number' && depth < 0) return `[${name}]`;
  return `${name} ${require('internal/util/inspect').inspect(fields, options)}`;
}

class TextEncoder {
  #brand = true;

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#brand in value)) throw new ERR_INVALID_THIS('TextEncoder');
  }

  get encoding() {
    TextEncoder.#check(this);
    return 'utf-8';
  }

  encode(input = '') {
    TextEncoder.#check(this);
    const string = `${input}`;
    const length = ops.op_os_buffer_byte_length_utf8(string);
    const bytes = new Uint8Array(length);
    if (length !== 0) ops.op_os_buffer_write_utf8(bytes, string, 0, length);
    return bytes;
  }

  encodeInto(src, dest) {
    TextEncoder.#check(this);
    validateString(src, 'src');
    if (!isUint8Array(dest)) throw new ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', dest);
    ops.op_os_encoding_encode_into(src, dest, counts);
    return { read: counts[0], written: counts[1] };
  }

  [kInspect](depth, options) {
    TextEncoder.#check(this);
    return inspectAs('TextEncoder', { encoding: this.encoding }, depth, options);
  }
}

class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBOM;
  // Made when first needed; UTF-8 that is not streamed does without.
  #handle;
  #streaming = false;

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#encoding in value)) {
      throw new ERR_INVALID_THIS('TextDecoder');
    }
  }

  constructor(encoding = 'utf-8', options = undefined) {
    encoding = `${encoding}`;
    if (options !== undefined && options !== null) {
      validateObject(options, 'options', kValidateObjectAllowObjects);
    }
    const name = encoding === 'utf-8' ? encoding : getEncodingFromLabel(encoding);
    // 'replacement' is an encoding that nothing decodes from.
    if (name === undefined || name === 'replacement') throw new ERR_ENCODING_NOT_SUPPORTED(encoding);
    this.#encoding = name;
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
  }

  get encoding() {
    TextDecoder.#check(this);
    return this.#encoding;
  }

  get fatal() {
    TextDecoder.#check(this);
    return this.#fatal;
  }

  get ignoreBOM() {
    TextDecoder.#check(this);
    return this.#ignoreBOM;
  }

  decode(input = undefined, options = undefined) {
    TextDecoder.#check(this);
    if (input !== undefined && !isArrayBufferView(input) && !isAnyArrayBuffer(input)) {
      throw new NoBytes();
    }
    let stream = false;
    if (options !== undefined && options !== null) {
      validateObject(options, 'options', kValidateObjectAllowObjects);
      stream = Boolean(options.stream);
    }

    let text;
    if (!stream && !this.#streaming && this.#encoding === 'utf-8') {
      if (input === undefined) return '';
      text = ops.op_os_encoding_decode_utf8(input, this.#fatal, this.#ignoreBOM);
    } else {
      this.#handle ??= new ops.TextDecoderHandle(this.#encoding, this.#fatal, this.#ignoreBOM);
      text = this.#handle.decode(input, stream);
      this.#streaming = stream && text !== kInvalid;
    }
    if (typeof text === 'string') return text;
    if (text === kInvalid) throw new ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding, undefined);
    throw new ERR_STRING_TOO_LONG(ops.op_os_buffer_max_string_length().toString(16));
  }

  [kInspect](depth, options) {
    TextDecoder.#check(this);
    const { encoding, fatal, ignoreBOM } = this;
    return inspectAs('TextDecoder', { encoding, fatal, ignoreBOM }, depth, options);
  }
}

function shape(constructor, name, enumerable) {
  const { prototype } = constructor;
  for (const key of enumerable) Object.defineProperty(prototype, key, { __proto__: null, enumerable: true });
  Object.defineProperty(prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: name });
}
shape(TextEncoder, 'TextEncoder', ['encode', 'encodeInto', 'encoding']);
shape(TextDecoder, 'TextDecoder', ['decode', 'encoding', 'fatal', 'ignoreBOM']);

module.exports = { TextEncoder, TextDecoder, getEncodingFromLabel };

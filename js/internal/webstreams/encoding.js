'use strict';

// TextEncoderStream and TextDecoderStream.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS },
} = require('internal/errors');
const { TextDecoder, TextEncoder } = require('internal/encoding');
const { defineInterface, inspectAs, kInspect } = require('internal/webstreams/interface');
const { TransformStream } = require('internal/webstreams/transform');

const REPLACEMENT = new Uint8Array([0xEF, 0xBF, 0xBD]);

class TextEncoderStream {
  #transform;

  constructor() {
    const encoder = new TextEncoder();
    // The first half of a pair, until its other half comes.
    let pending = '';
    this.#transform = new TransformStream({
      transform(chunk, controller) {
        let text = pending + String(chunk);
        pending = '';
        const last = text.charCodeAt(text.length - 1);
        if (last >= 0xD800 && last <= 0xDBFF) {
          pending = text.slice(-1);
          text = text.slice(0, -1);
        }
        if (text !== '') controller.enqueue(encoder.encode(text));
      },
      flush(controller) {
        if (pending !== '') controller.enqueue(REPLACEMENT.slice());
      },
    });
  }

  get encoding() {
    this.#transform;
    return 'utf-8';
  }

  get readable() {
    return this.#transform.readable;
  }

  get writable() {
    return this.#transform.writable;
  }

  [kInspect](depth, options) {
    if (typeof this !== 'object' || this === null || !(#transform in this)) throw new ERR_INVALID_THIS('TextEncoderStream');
    const { encoding, readable, writable } = this;
    return inspectAs(this, { encoding, readable, writable }, depth, options);
  }
}
defineInterface(TextEncoderStream);

class TextDecoderStream {
  #decoder;
  #transform;

  constructor(encoding = 'utf-8', options = {}) {
    const decoder = new TextDecoder(encoding, options);
    this.#decoder = decoder;
    this.#transform = new TransformStream({
      transform(chunk, controller) {
        if (chunk === undefined) throw new ERR_INVALID_ARG_TYPE('chunk', ['ArrayBuffer', 'ArrayBufferView'], chunk);
        const text = decoder.decode(chunk, { stream: true });
        if (text !== '') controller.enqueue(text);
      },
      flush(controller) {
        const text = decoder.decode();
        if (text !== '') controller.enqueue(text);
      },
    });
  }

  get encoding() {
    return this.#decoder.encoding;
  }

  get fatal() {
    return this.#decoder.fatal;
  }

  get ignoreBOM() {
    return this.#decoder.ignoreBOM;
  }

  get readable() {
    return this.#transform.readable;
  }

  get writable() {
    return this.#transform.writable;
  }

  [kInspect](depth, options) {
    if (typeof this !== 'object' || this === null || !(#decoder in this)) throw new ERR_INVALID_THIS('TextDecoderStream');
    const { encoding, fatal, ignoreBOM, readable, writable } = this;
    return inspectAs(this, { encoding, fatal, ignoreBOM, readable, writable }, depth, options);
  }
}
defineInterface(TextDecoderStream);

module.exports = { TextDecoderStream, TextEncoderStream };

'use strict';

// CompressionStream and DecompressionStream.

const { validateOneOf } = require('internal/validators');
const { duplexToWeb } = require('internal/streams/to_web');
const { defineInterface, inspectAs, kInspect } = require('internal/webstreams/interface');
const zlib = require('zlib');

const formats = ['deflate', 'deflate-raw', 'gzip'];

function makeInterface(name, makers) {
  const constructor = {
    [name]: class {
      #pair;

      constructor(format) {
        validateOneOf(format, 'format', formats);
        this.#pair = duplexToWeb(makers[format]());
      }

      get readable() {
        return this.#pair.readable;
      }

      get writable() {
        return this.#pair.writable;
      }

      [kInspect](depth, options) {
        const { readable, writable } = this;
        return inspectAs(this, { readable, writable }, depth, options);
      }
    },
  }[name];
  defineInterface(constructor);
  return constructor;
}

// Whatever follows the compressed text is an error here.
const strict = { rejectGarbageAfterEnd: true };

module.exports = {
  CompressionStream: makeInterface('CompressionStream', {
    '__proto__': null,
    'deflate': () => zlib.createDeflate(),
    'deflate-raw': () => zlib.createDeflateRaw(),
    'gzip': () => zlib.createGzip(),
  }),
  DecompressionStream: makeInterface('DecompressionStream', {
    '__proto__': null,
    'deflate': () => zlib.createInflate(strict),
    'deflate-raw': () => zlib.createInflateRaw(strict),
    'gzip': () => zlib.createGunzip(strict),
  }),
};

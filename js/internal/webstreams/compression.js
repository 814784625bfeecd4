'use strict';

// CompressionStream and DecompressionStream.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_STREAM_NULL_VALUES }, makeClass } = require('internal/errors');
const { duplexToWeb } = require('internal/streams/to_web');
const { defineInterface, inspectAs, kInspect } = require('internal/webstreams/interface');

const NotAFormat = makeClass(
  TypeError, 'ERR_INVALID_ARG_VALUE',
  "Failed to construct '%s': 1st argument '%s' is not a valid enum value of type CompressionFormat.");

const formats = ['deflate', 'deflate-raw', 'gzip', 'brotli'];

function checkChunk(chunk) {
  if (chunk === null) throw new ERR_STREAM_NULL_VALUES();
  const memory = ArrayBuffer.isView(chunk) ? chunk.buffer : chunk;
  if (typeof chunk !== 'string' && !core.isArrayBuffer(memory)) {
    throw new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
  }
}

// What the web says of these: a chunk that is no bytes ends both sides, and every failure is a TypeError.
function asWebWants(stream) {
  const { destroy, write } = stream;
  stream.write = (chunk, ...rest) => {
    try {
      checkChunk(chunk);
    } catch (error) {
      stream.destroy(error);
      throw error;
    }
    return Reflect.apply(write, stream, [chunk, ...rest]);
  };
  stream.destroy = (error, callback) => {
    if (error && !(error instanceof TypeError)) {
      const { code, errno, message } = error;
      error = Object.assign(new TypeError(message, { cause: error }), { code, errno });
    }
    return Reflect.apply(destroy, stream, [error, callback]);
  };
  return stream;
}

function makeInterface(name, makers) {
  const constructor = {
    [name]: class {
      #pair;

      constructor(format) {
        format = `${format}`;
        if (!formats.includes(format)) throw new NotAFormat(name, format);
        this.#pair = duplexToWeb(asWebWants(makers[format]()));
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

// zlib is loaded by the first stream: whoever only looks at the globals has no use for it.
const zlib = () => require('zlib');

// Whatever follows the compressed text is an error here.
const strict = { rejectGarbageAfterEnd: true };

module.exports = {
  CompressionStream: makeInterface('CompressionStream', {
    '__proto__': null,
    'deflate': () => zlib().createDeflate(),
    'deflate-raw': () => zlib().createDeflateRaw(),
    'gzip': () => zlib().createGzip(),
    'brotli': () => zlib().createBrotliCompress(),
  }),
  DecompressionStream: makeInterface('DecompressionStream', {
    '__proto__': null,
    'deflate': () => zlib().createInflate(strict),
    'deflate-raw': () => zlib().createInflateRaw(strict),
    'gzip': () => zlib().createGunzip(strict),
    'brotli': () => zlib().createBrotliDecompress(strict),
  }),
};

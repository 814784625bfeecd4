'use strict';

// gzip(buffer, callback), gzipSync(buffer) and their like: a whole text in, a whole text out.

const { Buffer } = require('buffer');
const { codes: { ERR_BUFFER_TOO_LARGE, ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { validateFunction } = require('internal/validators');
const { processSync } = require('internal/zlib/stream');

function bytesOf(value) {
  if (typeof value === 'string') return Buffer.from(value);
  if (isArrayBufferView(value)) return value;
  if (isAnyArrayBuffer(value)) return Buffer.from(value);
  throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], value);
}

function resultOf(stream, buffer) {
  return stream._info ? { buffer, engine: stream } : buffer;
}

function makeSync(Stream, name) {
  return {
    [name](buffer, options) {
      const bytes = bytesOf(buffer);
      const stream = new Stream(options);
      return resultOf(stream, processSync(stream, bytes, stream._finishFlushFlag));
    },
  }[name];
}

function collect(stream, bytes, callback) {
  const parts = [];
  let length = 0;
  stream.on('data', (part) => {
    parts.push(part);
    length += part.byteLength;
    if (length > stream._maxOutputLength) {
      stream.close();
      stream.removeAllListeners('end');
      callback(new ERR_BUFFER_TOO_LARGE(stream._maxOutputLength));
    }
  });
  stream.on('error', (error) => {
    stream.removeAllListeners('end');
    callback(error);
  });
  stream.on('end', () => {
    const whole = parts.length === 1 ? parts[0] : Buffer.concat(parts, length);
    stream.close();
    callback(null, resultOf(stream, whole));
  });
  stream.end(bytes);
}

function makeAsync(Stream, name) {
  return {
    [name](buffer, options, callback) {
      if (typeof options === 'function') {
        callback = options;
        options = {};
      }
      validateFunction(callback, 'callback');
      const bytes = bytesOf(buffer);
      collect(new Stream(options), bytes, callback);
    },
  }[name];
}

module.exports = { bytesOf, makeAsync, makeSync };

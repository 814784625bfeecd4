'use strict';

// The public 'stream/web' module: the web streams classes, which are those of the
// global object too. They are in internal/webstreams/.

const { WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter } =
  require('internal/webstreams/writable');
const { ReadableStream } = require('internal/webstreams/readable');
const { ReadableByteStreamController, ReadableStreamBYOBRequest, ReadableStreamDefaultController } =
  require('internal/webstreams/readable_controllers');
const { ReadableStreamBYOBReader, ReadableStreamDefaultReader } = require('internal/webstreams/readers');
const { TransformStream, TransformStreamDefaultController } = require('internal/webstreams/transform');
const { ByteLengthQueuingStrategy, CountQueuingStrategy } = require('internal/webstreams/strategies');
const { TextDecoderStream, TextEncoderStream } = require('internal/webstreams/encoding');
require('internal/webstreams/transfer');

module.exports = {
  ReadableStream,
  ReadableStreamDefaultReader,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  ReadableByteStreamController,
  ReadableStreamDefaultController,
  TransformStream,
  TransformStreamDefaultController,
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
  TextEncoderStream,
  TextDecoderStream,
};

// Only these two need zlib.
for (const name of ['CompressionStream', 'DecompressionStream']) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: () => require('internal/webstreams/compression')[name],
  });
}

'use strict';
// Which content codings fetch asks for and takes off. They are zlib's.

const { PassThrough, pipeline } = require('stream');

// As many as one response may have on top of each other.
const MOST = 5;

function acceptEncoding(isSecure) {
  return isSecure ? 'br, gzip, deflate, zstd' : 'gzip, deflate';
}

// The stream's bytes without the codings of a Content-Encoding value. What is unknown or cannot be taken off is left as it is.
function decoded(source, encodings, onError) {
  const names = encodings.split(',').map((name) => name.trim().toLowerCase());
  if (names.length > MOST) throw new Error(`too many content-encodings in response: ${names.length}, maximum allowed is ${MOST}`);
  const steps = [];
  // The last was put on last.
  for (const name of names.reverse()) {
    const step = decoderOf(name);
    if (step === null) return source;
    steps.push(step);
  }
  // Of its last stream a pipeline waits only until all was put in.
  return pipeline([source, ...steps], (err) => {
    if (err) onError(err);
  }).on('error', onError);
}

function decoderOf(name) {
  const zlib = require('zlib');
  // A body that was cut short gives what there is of it, but for zstd.
  const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = zlib.constants;
  const flush = { flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH };
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip(flush);
    case 'deflate':
      return new Inflate(zlib, flush);
    case 'br':
      return zlib.createBrotliDecompress({ flush: BROTLI_OPERATION_FLUSH, finishFlush: BROTLI_OPERATION_FLUSH });
    case 'zstd':
      return zlib.createZstdDecompress();
    default:
      return null;
  }
}

// Some servers send a deflate stream in zlib's wrapping, as they should, and some without: its first byte tells.
class Inflate extends PassThrough {
  #zlib;
  #options;
  #inner = null;

  constructor(zlib, options) {
    super();
    this.#zlib = zlib;
    this.#options = options;
  }

  _transform(chunk, encoding, callback) {
    if (this.#inner === null) {
      if (chunk.byteLength === 0) {
        callback();
        return;
      }
      const wrapped = (chunk[0] & 0x0f) === 8;
      this.#inner = wrapped ? this.#zlib.createInflate(this.#options) : this.#zlib.createInflateRaw(this.#options);
      this.#inner.on('data', (data) => this.push(data));
      this.#inner.on('error', (err) => this.destroy(err));
    }
    this.#inner.write(chunk, encoding, callback);
  }

  _flush(callback) {
    // It ends before its source where something else stands behind the data.
    if (this.#inner === null || this.#inner.readableEnded) {
      callback();
      return;
    }
    this.#inner.once('end', () => callback());
    this.#inner.end();
  }

  _destroy(err, callback) {
    this.#inner?.destroy();
    callback(err);
  }
}

module.exports = { acceptEncoding, decoded };

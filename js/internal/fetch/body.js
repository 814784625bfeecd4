'use strict';
// A body: bytes, a blob, what a peer sends, or a stream; the first three become a stream when somebody asks for one, and are read without one
// otherwise. How bodies show on requests and responses is internal/fetch/body_methods'.

const { joinBytes } = require('internal/buffer/join');
const { isUint8Array } = require('internal/buffer/views');

// Web streams are a higher price than most bodies need.
const readables = () => require('internal/webstreams/readable');

class Body {
  // One of these has the content; `#stream` counts once there is one.
  #bytes = null;
  #blob = null;
  #incoming = null;
  #stream = null;
  #used = false;

  constructor(length) {
    // In bytes; null where it shows at the end only.
    this.length = length;
  }

  static ofBytes(bytes) {
    const body = new Body(bytes.byteLength);
    body.#bytes = bytes;
    return body;
  }

  static ofBlob(blob) {
    const body = new Body(blob.size);
    body.#blob = blob;
    return body;
  }

  static ofIncoming(incoming) {
    const body = new Body(null);
    body.#incoming = incoming;
    return body;
  }

  static ofStream(stream) {
    const body = new Body(null);
    body.#stream = stream;
    return body;
  }

  // Whether anything of it was read.
  get isUsed() {
    return this.#used || (this.#stream !== null && readables().readableStateOf(this.#stream).disturbed);
  }

  get isUnusable() {
    return this.isUsed || (this.#stream !== null && readables().readableStateOf(this.#stream).isLocked);
  }

  // Whether it can be sent a second time.
  get isRepeatable() {
    return this.#bytes !== null || this.#blob !== null;
  }

  get stream() {
    if (this.#stream === null) this.#stream = this.#used ? spentStream() : this.#makeStream();
    return this.#stream;
  }

  #makeStream() {
    if (this.#incoming !== null) return this.#incoming.stream();
    if (this.#blob !== null) return this.#blob.stream();
    const bytes = this.#bytes;
    const { ReadableStream } = readables();
    return new ReadableStream({
      type: 'bytes',
      pull(controller) {
        if (bytes.byteLength !== 0) controller.enqueue(bytes.slice());
        controller.close();
        controller.byobRequest?.respond(0);
      },
    });
  }

  // The same content once more, where it can be had so.
  repeat() {
    if (this.#bytes !== null) return Body.ofBytes(this.#bytes);
    return this.#blob !== null ? Body.ofBlob(this.#blob) : null;
  }

  // A body with the content of this one, which is used up thereby.
  take() {
    const body = new Body(this.length);
    body.#bytes = this.#bytes;
    body.#blob = this.#blob;
    body.#incoming = this.#incoming;
    body.#stream = this.#stream;
    this.#stream = null;
    this.#used = true;
    return body;
  }

  // A second body with the content of this one, which stays as it is.
  clone() {
    const body = new Body(this.length);
    body.#bytes = this.#bytes;
    body.#blob = this.#blob;
    if (this.#stream !== null || this.#incoming !== null) [this.#stream, body.#stream] = this.stream.tee();
    return body;
  }

  // Its bytes, where they are at hand; this uses it up. Null otherwise.
  takeBytes() {
    if (this.#bytes === null || this.#stream !== null) return null;
    this.#used = true;
    return this.#bytes;
  }

  // All of it, as bytes that are nobody else's where `own` is set.
  async readAll(own) {
    if (this.#stream !== null) return joinChunks(await readChunks(this.#stream));
    this.#used = true;
    if (this.#incoming !== null) return joinChunks(await this.#incoming.readAll());
    if (this.#blob !== null) return this.#blob.bytes();
    return own ? this.#bytes.slice() : this.#bytes;
  }

  // { read(), cancel(reason) } of its chunks; read() gives undefined at the end.
  reader() {
    if (this.#stream === null && this.#incoming !== null) {
      this.#used = true;
      return { read: () => this.#incoming.next(), cancel: (reason) => this.#incoming.cancel(reason) };
    }
    const reader = this.stream.getReader();
    return {
      async read() {
        const { value, done } = await reader.read();
        return done ? undefined : value;
      },
      cancel(reason) {
        reader.cancel(reason).catch(() => {});
      },
    };
  }

  // Whoever was to read it will not.
  cancel(reason) {
    if (this.#stream !== null) {
      if (!this.#stream.locked) this.#stream.cancel(reason).catch(() => {});
    } else {
      this.#used = true;
      this.#incoming?.cancel(reason);
    }
  }
}

// Of a body that was read without one.
function spentStream() {
  const { ReadableStream } = readables();
  const stream = new ReadableStream({ type: 'bytes', start: (controller) => controller.close() });
  stream.getReader().read();
  return stream;
}

async function readChunks(stream) {
  const reader = stream.getReader();
  const chunks = [];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return chunks;
    if (!isUint8Array(value)) {
      const error = new TypeError('Received non-Uint8Array chunk');
      reader.cancel(error).catch(() => {});
      throw error;
    }
    chunks.push(value);
  }
}

function joinChunks(chunks) {
  if (chunks.length === 1 && chunks[0].byteLength === chunks[0].buffer.byteLength) return asPlain(chunks[0]);
  return joinBytes(chunks);
}

// A program shall see no Buffer in its place.
function asPlain(bytes) {
  return Object.getPrototypeOf(bytes) === Uint8Array.prototype ? bytes : new Uint8Array(bytes.buffer);
}

module.exports = { Body };

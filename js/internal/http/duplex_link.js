'use strict';
// Any stream as the carrier of a connection: what it reads is pushed into Rust's pipe (ext_net/src/http/pipe.rs), what the pipe gives is written.

const { Buffer } = require('buffer');
const { kEvent } = require('internal/http/callbacks');
const { END, RESUME, WRITE } = require('internal/http/flags');

const UV_ECONNRESET = -104;

const kLink = Symbol('kLink');

class DuplexLink {
  // `onEvent` gets what is not the link's own affair. With `keepsOpen`, ending the stream is its user's affair, too.
  constructor(stream, onEvent, keepsOpen = false) {
    this.stream = stream;
    this.onEvent = onEvent;
    this.keepsOpen = keepsOpen;
    this.pipe = ops.op_net_http_pipe(this);
    this.ended = false;
    // Rust has said that nothing more is to be written.
    this.shut = false;
    // Its listeners know that the stream has closed.
    this.closed = false;
    stream[kLink] = this;
    this.onData = (chunk) => {
      if (typeof chunk === 'string') chunk = Buffer.from(chunk);
      if (!this.pipe.push(chunk)) stream.pause();
    };
    this.onEnd = () => this.end(0);
    this.onClose = () => {
      this.closed = true;
      this.end(this.ended || stream.readableEnded ? 0 : UV_ECONNRESET);
    };
    stream.on('data', this.onData);
    stream.on('end', this.onEnd);
    stream.on('close', this.onClose);
    if (stream.destroyed || stream.readableEnded) this.end(0);
  }

  end(status) {
    if (this.ended) return;
    this.ended = true;
    this.pipe.end(status);
  }

  [kEvent](kind, a, b) {
    const { stream } = this;
    switch (kind) {
      case WRITE: {
        const bytes = Buffer.from(a);
        // The head of a request that was written otherwise.
        if (bytes.length === 0) break;
        if (stream.destroyed || stream.writableEnded) this.pipe.end(UV_ECONNRESET);
        else stream.write(bytes, () => this.pipe.written(bytes.length));
        break;
      }
      case END:
        this.shut = true;
        if (!stream.writableEnded && !this.keepsOpen) stream.end();
        break;
      case RESUME: stream.resume(); break;
      default: this.onEvent(kind, a, b);
    }
  }

  // The stream is its user's again.
  detach() {
    const { stream } = this;
    stream.removeListener('data', this.onData);
    stream.removeListener('end', this.onEnd);
    stream.removeListener('close', this.onClose);
    stream[kLink] = undefined;
    this.pipe.release();
  }
}

module.exports = { DuplexLink, kLink };

'use strict';
// Writes a message to any stream, framing included: for responses whose socket the program brought, and for sockets whose write() it has replaced.
// Everything else is framed by hyper.

const { Buffer } = require('buffer');
const { CHUNKED } = require('internal/http/flags');

class StreamSink {
  // `message` is told when what was written is gone; `done`, if given, when the end is.
  constructor(stream, message, done) {
    this.stream = stream;
    this.message = message;
    this.done = done;
    this.head = '';
    this.chunked = false;
    this.pending = 0;
    this.ended = false;
  }

  start(head, flags) {
    this.head = head;
    this.chunked = (flags & CHUNKED) !== 0;
    if (this.chunked && this.message.finished) return;
    this.flushHead();
  }

  flushHead() {
    if (this.head === '') return;
    this.put(this.head, 'latin1');
    this.head = '';
  }

  // Without a last chunk, an empty piece tells when all is gone.
  finish() {
    this.put(this.head, 'latin1');
  }

  put(data, encoding) {
    this.pending++;
    this.stream.write(data, encoding, this.onWritten ??= (err) => {
      this.pending--;
      if (this.pending > 0 || err) return;
      if (this.ended) this.message._onFinished();
      else this.message._onDrained();
    });
  }

  write(data, encoding, length) {
    if (this.chunked) {
      this.put(`${this.head}${length.toString(16)}`, 'latin1');
      this.head = '';
      this.put('\r\n', 'latin1');
      this.put(data, encoding);
      this.put('\r\n', 'latin1');
    } else {
      this.flushHead();
      this.put(data, encoding);
    }
    return this.stream.writableLength;
  }

  writeText(text) {
    return this.write(text, 'utf8', Buffer.byteLength(text));
  }

  writeBuffer(bytes) {
    return this.write(bytes, undefined, bytes.length);
  }

  // The message is always told.
  notify() {}

  end(trailers) {
    this.ended = true;
    if (this.chunked) this.put(`${this.head}0\r\n${trailers}\r\n`, 'latin1');
    else this.finish();
    this.head = '';
    this.done?.();
    if (this.pending === 0) this.message._onFinished();
  }

  respondText(head, flags, body) {
    this.respondWith(head, flags, body, 'utf8', Buffer.byteLength(body));
  }

  respondBuffer(head, flags, body) {
    this.respondWith(head, flags, body, undefined, body.length);
  }

  respondWith(head, flags, body, encoding, length) {
    this.head = head;
    this.chunked = (flags & CHUNKED) !== 0;
    if (length > 0) this.write(body, encoding, length);
    this.end('');
  }

  abort() {
    this.stream.destroy?.();
  }

  release() {}
}

module.exports = { StreamSink };

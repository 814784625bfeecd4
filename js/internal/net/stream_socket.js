'use strict';
// A net.Socket over any Duplex, without a descriptor: what Node has between TLS and a stream that is no socket, and what the package http2-wrapper (so: got)
// takes from there.

const { Socket } = require('net');
const { Duplex } = require('stream');

class JSStreamSocket extends Socket {
  #started = false;

  constructor(stream) {
    super({ allowHalfOpen: true, manualStart: true });
    this.stream = stream;
    stream.on('end', () => this.push(null));
    stream.on('error', (err) => this.destroy(err));
    stream.on('close', () => this.destroy());
  }

  _read() {
    const { stream } = this;
    if (!this.#started) {
      this.#started = true;
      stream.on('data', (chunk) => { if (!this.push(chunk)) stream.pause(); });
    }
    stream.resume();
  }

  _write(chunk, encoding, cb) {
    this.stream.write(chunk, encoding, cb);
  }

  _writev(chunks, cb) {
    const { stream } = this;
    stream.cork();
    for (let i = 0; i < chunks.length; i++) stream.write(chunks[i].chunk, chunks[i].encoding, i === chunks.length - 1 ? cb : undefined);
    stream.uncork();
  }

  _final(cb) {
    this.stream.end(cb);
  }

  _destroy(err, cb) {
    this.stream.destroy(err);
    Duplex.prototype._destroy.call(this, err, cb);
  }
}

module.exports = { JSStreamSocket };

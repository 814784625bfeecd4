'use strict';

// Bridge: a Duplex whose writes go into one stream and whose reads come out of another, the two
// of them joined elsewhere or not at all. Duplex.from() and compose() are made of it.

const { AbortError } = require('internal/errors');
const { destroyer } = require('internal/streams/destroy');
const { Duplex } = require('internal/streams/duplex');
const { finished } = require('internal/streams/end_of_stream');

class Bridge extends Duplex {
  // What waits for the streams behind: the callbacks of _write(), _final() and _destroy().
  #onDrain = null;
  #onFinish = null;
  #onOver = null;
  #wantsRead = false;
  #over = false;
  #sink = null;
  #source = null;
  #writer = null;
  #reader = null;
  // What a destroy() of this one destroys.
  #owned = [];

  // Keeps `stream` until the end of this.
  own(stream) {
    this.#owned.push(stream);
  }

  // Writes go to `sink`, a Node stream.
  writeTo(sink) {
    this.#sink = sink;
    sink.on('drain', () => this.#drained());
  }

  // Reads come from `source`, a Node stream.
  readFrom(source) {
    this.#source = source;
    source.on('readable', () => {
      if (!this.#wantsRead) return;
      this.#wantsRead = false;
      this._read();
    });
    source.on('end', () => this.push(null));
  }

  writeToWeb(stream) {
    this.#writer = stream.getWriter();
  }

  readFromWeb(stream) {
    this.#reader = stream.getReader();
  }

  // The streams behind are over. The first call counts.
  over(err) {
    this.#over = true;
    const callback = this.#onOver;
    this.#onOver = null;
    if (callback !== null) callback(err);
    else if (err) this.destroy(err);
  }

  // The sink has taken all: _final() is answered.
  sinkFinished() {
    const callback = this.#onFinish;
    this.#onFinish = null;
    if (callback !== null) callback();
  }

  #drained() {
    const callback = this.#onDrain;
    this.#onDrain = null;
    if (callback !== null) callback();
  }

  _write(chunk, encoding, callback) {
    if (this.#writer !== null) this.#writeWeb(chunk, callback);
    else if (this.#sink.write(chunk, encoding)) callback();
    else this.#onDrain = callback;
  }

  async #writeWeb(chunk, callback) {
    try {
      await this.#writer.ready;
      // Its failure comes out of `ready` or the end of the pipeline.
      this.#writer.write(chunk).catch(() => {});
      callback();
    } catch (err) {
      callback(err);
    }
  }

  _final(callback) {
    if (this.#writer !== null) {
      this.#closeWeb(callback);
      return;
    }
    this.#sink.end();
    this.#onFinish = callback;
  }

  async #closeWeb(callback) {
    try {
      await this.#writer.ready;
      this.#writer.close().catch(() => {});
      this.#onFinish = callback;
    } catch (err) {
      callback(err);
    }
  }

  _read() {
    if (this.#reader !== null) {
      this.#readWeb();
      return;
    }
    for (;;) {
      const chunk = this.#source.read();
      if (chunk === null) {
        this.#wantsRead = true;
        return;
      }
      if (!this.push(chunk)) return;
    }
  }

  async #readWeb() {
    try {
      for (;;) {
        const { value, done } = await this.#reader.read();
        if (done) {
          this.push(null);
          return;
        }
        if (!this.push(value)) return;
      }
    } catch {
      // The end of the pipeline says so too, and is where it is reported.
    }
  }

  _destroy(err, callback) {
    if (!err && !this.#over) err = new AbortError();
    this.#wantsRead = false;
    this.#onDrain = null;
    this.#onFinish = null;
    if (this.#over) {
      callback(err);
      return;
    }
    this.#onOver = callback;
    for (const stream of this.#owned) destroyer(stream, err);
  }
}

// A Bridge over a Readable and a Writable that know nothing of each other; either may be missing.
function bridge(readable, writable, { hasReadable, hasWritable }) {
  const duplex = new Bridge({
    readableObjectMode: Boolean(readable?.readableObjectMode),
    writableObjectMode: Boolean(writable?.writableObjectMode),
    readable: hasReadable,
    writable: hasWritable,
  });
  // One that fails takes the other along.
  if (hasWritable) {
    duplex.own(writable);
    duplex.writeTo(writable);
    finished(writable, (err) => {
      if (err) destroyer(readable, err);
      duplex.over(err);
    });
    writable.on('finish', () => duplex.sinkFinished());
  }
  if (hasReadable) {
    duplex.own(readable);
    duplex.readFrom(readable);
    finished(readable, (err) => {
      if (err) destroyer(writable, err);
      duplex.over(err);
    });
  }
  return duplex;
}

module.exports = { Bridge, bridge };

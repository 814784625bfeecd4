'use strict';

// duplexPair(): two Duplexes of which each reads what is written to the other.

const { nextTick } = require('internal/process/task_queues');
const { Duplex } = require('internal/streams/duplex');

class DuplexSide extends Duplex {
  #other = null;
  // The other side's write that waits for somebody to read here.
  #onRead = null;

  static pair(options) {
    const a = new DuplexSide(options);
    const b = new DuplexSide(options);
    a.#other = b;
    b.#other = a;
    return [a, b];
  }

  _read() {
    const callback = this.#onRead;
    this.#onRead = null;
    callback?.();
  }

  _write(chunk, encoding, callback) {
    if (chunk.length === 0) {
      // An empty push makes nobody read.
      nextTick(callback);
      return;
    }
    this.#other.push(chunk);
    this.#other.#onRead = callback;
  }

  _final(callback) {
    this.#other.on('end', callback);
    this.#other.push(null);
  }

  // The other side's user learns of the end, but is not handed an error that is not theirs.
  _destroy(err, callback) {
    if (!this.#other.destroyed) nextTick(endOther, this.#other, Boolean(err));
    callback(err);
  }
}

function endOther(other, failed) {
  if (other.destroyed) return;
  if (failed) other.destroy();
  else other.push(null);
}

function duplexPair(options) {
  return DuplexSide.pair(options);
}

module.exports = { duplexPair };

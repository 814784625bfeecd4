'use strict';

// The queue of a controller whose chunks count by size.

const { Queue } = require('internal/util/queue');

// Chunks with the sizes that a strategy gives them.
class SizedQueue {
  #items = new Queue();
  total = 0;

  get length() {
    return this.#items.length;
  }

  push(chunk, size) {
    this.#items.push({ chunk, size });
    this.total += size;
  }

  peek() {
    return this.#items.peek().chunk;
  }

  shift() {
    const { chunk, size } = this.#items.shift();
    this.total -= size;
    // Sums of fractions may end below zero.
    if (this.total < 0) this.total = 0;
    return chunk;
  }

  clear() {
    this.#items.clear();
    this.total = 0;
  }
}

module.exports = { SizedQueue };

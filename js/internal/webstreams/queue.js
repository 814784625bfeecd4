'use strict';

// First in, first out. An array alone is slow to take from the front of when it is long.

class Queue {
  #items = [];
  #first = 0;

  get length() {
    return this.#items.length - this.#first;
  }

  push(item) {
    this.#items.push(item);
  }

  peek() {
    return this.#items[this.#first];
  }

  shift() {
    const item = this.#items[this.#first];
    this.#items[this.#first++] = undefined;
    if (this.#first === this.#items.length) {
      this.#items.length = 0;
      this.#first = 0;
    } else if (this.#first >= 512 && this.#first * 2 >= this.#items.length) {
      this.#items.splice(0, this.#first);
      this.#first = 0;
    }
    return item;
  }

  clear() {
    this.#items.length = 0;
    this.#first = 0;
  }

  // Takes all there is.
  drain() {
    const items = this.#first === 0 ? this.#items : this.#items.slice(this.#first);
    this.#items = [];
    this.#first = 0;
    return items;
  }
}

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

module.exports = { Queue, SizedQueue };

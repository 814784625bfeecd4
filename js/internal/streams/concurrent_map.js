'use strict';

// The engine under the operators: a function over the items of a stream, several at a time, with
// the results in the order of the items.

const { AbortError } = require('internal/errors');

// A result that is none: the item is left out.
const kNothing = Symbol('kNothing');
const kEnd = Symbol('kEnd');

class ConcurrentMap {
  // Up to `concurrency` calls run at once; no more than `limit` results, pending ones included,
  // are kept for the consumer.
  constructor(source, fn, signal, concurrency, limit) {
    this.source = source;
    this.fn = fn;
    this.signal = signal ?? new AbortController().signal;
    this.concurrency = concurrency;
    this.limit = limit;
    this.queue = [];
    this.running = 0;
    this.over = false;
    this.feederWaits = null;
    this.consumerWaits = null;
    this.onSettled = () => {
      this.running--;
      this.wakeFeeder();
    };
    this.onFailed = () => {
      this.over = true;
      this.onSettled();
    };
  }

  wakeFeeder() {
    if (this.feederWaits !== null && !this.over &&
        this.running < this.concurrency && this.queue.length < this.limit) {
      this.feederWaits();
      this.feederWaits = null;
    }
  }

  wakeConsumer() {
    if (this.consumerWaits !== null) {
      this.consumerWaits();
      this.consumerWaits = null;
    }
  }

  call(value) {
    try {
      const result = this.fn(value, { signal: this.signal });
      return result === kNothing ? null : Promise.resolve(result);
    } catch (err) {
      return Promise.reject(err);
    }
  }

  async feed() {
    try {
      for await (const value of this.source) {
        if (this.over) return;
        if (this.signal.aborted) throw new AbortError();
        const result = this.call(value);
        if (result === null) continue;

        this.running++;
        result.then(this.onSettled, this.onFailed);
        this.queue.push(result);
        this.wakeConsumer();
        if (!this.over &&
            (this.queue.length >= this.limit || this.running >= this.concurrency)) {
          await new Promise((resolve) => {
            this.feederWaits = resolve;
          });
        }
      }
      this.queue.push(kEnd);
    } catch (err) {
      const failure = Promise.reject(err);
      // The consumer hears of it when it gets there; until then it is not unhandled.
      failure.then(undefined, () => {});
      this.queue.push(failure);
    } finally {
      this.over = true;
      this.wakeConsumer();
    }
  }

  async* results() {
    this.feed();
    try {
      for (;;) {
        while (this.queue.length > 0) {
          const result = await this.queue[0];
          if (result === kEnd) return;
          if (this.signal.aborted) throw new AbortError();
          if (result !== kNothing) yield result;
          this.queue.shift();
          this.wakeFeeder();
        }
        await new Promise((resolve) => {
          this.consumerWaits = resolve;
        });
      }
    } finally {
      this.over = true;
      if (this.feederWaits !== null) {
        this.feederWaits();
        this.feederWaits = null;
      }
    }
  }
}

module.exports = { ConcurrentMap, kNothing };

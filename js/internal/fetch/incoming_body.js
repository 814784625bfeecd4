'use strict';
// The body of a response as it arrives: some of it is taken in ahead, so that a response that nobody reads does not hold its connection; more comes
// when it is read. It ends early when the fetch is aborted, or when nobody has it any more.

const { setImmediate } = require('timers');

// As much as is taken in without being asked for.
const AHEAD = 64 * 1024;

// The side of the connection. It knows nothing of whoever reads, so that a reader that was forgotten can be collected.
class Inflow {
  #source;
  #connection;
  #chunks = [];
  #length = 0;
  #total = 0;
  #ended = false;
  #error = null;
  // What somebody waits with for a chunk or the end, and whether for all of it.
  #waiter = null;
  #wantsAll = false;
  #onSettled;
  // A WeakRef of the controller of the stream that shows this, if there is one.
  controller = null;

  // `source` is the stream of the bytes, `connection` what stands behind it. `onSettled` is told once how much came, when nothing more will come or be
  // asked for.
  constructor(source, connection, onSettled) {
    this.#source = source;
    this.#connection = connection;
    this.#onSettled = onSettled;
    source.on('data', (chunk) => this.#push(chunk));
    source.on('end', () => this.#end());
  }

  get isPaused() {
    return this.#source.isPaused();
  }

  #push(chunk) {
    if (this.#error !== null) return;
    this.#chunks.push(chunk);
    this.#length += chunk.byteLength;
    this.#total += chunk.byteLength;
    if (this.#waiter !== null && !this.#wantsAll) this.#serve();
    else if (!this.#wantsAll && this.#length >= AHEAD) this.#source.pause();
  }

  #end() {
    this.#ended = true;
    if (this.#chunks.length === 0) this.#settle();
    this.#serve();
  }

  #settle() {
    const onSettled = this.#onSettled;
    this.#onSettled = null;
    onSettled?.(this.#total);
  }

  // No more will come, and why.
  fail(error) {
    if (this.#error !== null || this.isDrained) return;
    this.#error = { value: error };
    this.#chunks = [];
    this.#serve();
    this.controller?.deref()?.error(error);
    if (!this.#ended) this.#connection.destroy(error);
    this.#settle();
  }

  // Nobody wants the rest.
  abandon() {
    if (this.#error !== null || this.isDrained) return;
    this.#chunks = [];
    this.#waiter = null;
    if (!this.#ended) {
      this.#error = { value: new TypeError('terminated') };
      this.#connection.destroy();
    }
    this.#settle();
  }

  // Whether something is open for it that only its reader's end closes.
  get needsReader() {
    return !this.#ended && this.#error === null && !this.#wantsAll;
  }

  get isDrained() {
    return this.#ended && this.#chunks.length === 0;
  }

  #serve() {
    const waiter = this.#waiter;
    if (waiter === null) return;
    if (this.#error !== null) {
      this.#waiter = null;
      waiter.reject(this.#error.value);
      return;
    }
    if (this.#wantsAll) {
      if (!this.#ended) return;
      const chunks = this.#chunks;
      this.#chunks = [];
      this.#waiter = null;
      waiter.resolve(chunks);
      this.#settle();
      return;
    }
    if (this.#chunks.length === 0 && !this.#ended) return;
    this.#waiter = null;
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) this.#length -= chunk.byteLength;
    waiter.resolve(chunk);
    if (this.isDrained) this.#settle();
    else if (this.#length < AHEAD && this.#source.isPaused()) this.#source.resume();
  }

  next() {
    const waiter = (this.#waiter = Promise.withResolvers());
    this.#serve();
    return waiter.promise;
  }

  all() {
    this.#wantsAll = true;
    const waiter = (this.#waiter = Promise.withResolvers());
    if (!this.#ended && this.#error === null) this.#source.resume();
    this.#serve();
    return waiter.promise;
  }
}

let forgotten;
// Bodies of this turn. Most of them are complete, or being read, before it is over: what nobody can forget costs the collector nothing.
let fresh = [];

function watchForgotten() {
  forgotten ??= new FinalizationRegistry((inflow) => inflow.abandon());
  const bodies = fresh;
  fresh = [];
  for (const body of bodies) body.watch(forgotten);
}

// The side of the reader.
class IncomingBody {
  #inflow;

  constructor(inflow) {
    this.#inflow = inflow;
    if (fresh.push(this) === 1) setImmediate(watchForgotten);
  }

  // Whoever has it may forget it from now on.
  watch(registry) {
    if (this.#inflow.needsReader) registry.register(this, this.#inflow);
  }

  // A promise of a chunk, or of undefined at the end.
  next() {
    return this.#inflow.next();
  }

  // A promise of the chunks that are left.
  readAll() {
    return this.#inflow.all();
  }

  cancel() {
    this.#inflow.abandon();
  }

  stream() {
    const { ReadableStream } = require('internal/webstreams/readable');
    return new ReadableStream({
      type: 'bytes',
      start: (controller) => {
        this.#inflow.controller = new WeakRef(controller);
      },
      pull: async (controller) => {
        const chunk = await this.next();
        if (chunk !== undefined) {
          // The stream takes the whole memory behind it.
          controller.enqueue(chunk.byteLength === chunk.buffer.byteLength ? chunk : new Uint8Array(chunk));
          return;
        }
        controller.close();
        controller.byobRequest?.respond(0);
      },
      cancel: () => this.cancel(),
    }, { highWaterMark: 0 });
  }
}

module.exports = { IncomingBody, Inflow };

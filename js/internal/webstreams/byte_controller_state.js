'use strict';

// The controller of a readable stream of bytes: its queue, and the memory that
// readers have brought for it to be filled. The standard's algorithms.

const {
  codes: { ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE },
} = require('internal/errors');
const { Queue } = require('internal/util/queue');
const { PullingController } = require('internal/webstreams/readable_state');

const transferBuffer = ArrayBuffer.prototype.transfer;
const sliceBuffer = ArrayBuffer.prototype.slice;

// The same memory in a new buffer; the old one is empty from then on. Throws for one that is empty already, or never can be.
function transfer(buffer) {
  if (buffer.detached) throw new ERR_INVALID_STATE.TypeError('ArrayBuffer is detached');
  return Reflect.apply(transferBuffer, buffer, []);
}

const getTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

// The intrinsic class of a view. Subclasses are for those who brought it.
function classOf(view) {
  const tag = Reflect.apply(getTag, view, []);
  return tag === undefined ? DataView : classes[tag];
}
const classes = { __proto__: null };
for (const Class of [
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
  BigInt64Array, BigUint64Array, globalThis.Float16Array,
]) {
  if (Class !== undefined) classes[Class.name] = Class;
}

// Memory to be filled for a read. `reader` says what kind of reader waits for it: 'byob', 'default', or 'none' when it has left.
class PullInto {
  buffer;
  bufferByteLength;
  byteOffset;
  byteLength;
  minimumFill;
  Class;
  elementSize;
  reader;
  bytesFilled = 0;

  constructor(buffer, byteOffset, byteLength, minimumFill, Class, reader) {
    this.buffer = buffer;
    this.bufferByteLength = buffer.byteLength;
    this.byteOffset = byteOffset;
    this.byteLength = byteLength;
    this.minimumFill = minimumFill;
    this.Class = Class;
    this.elementSize = Class.BYTES_PER_ELEMENT ?? 1;
    this.reader = reader;
  }

  // What has been filled, as the reader gets it.
  toView() {
    return new this.Class(transfer(this.buffer), this.byteOffset, this.bytesFilled / this.elementSize);
  }
}

class ByteControllerState extends PullingController {
  queue = new Queue();
  queueTotal = 0;
  pending = [];
  // What shows a program the first of the pending: { object, invalidate() }.
  byobRequest = null;
  autoAllocateChunkSize;
  // Makes a byobRequest; the class belongs to what programs see.
  makeRequest;

  constructor(stream, algorithms, highWaterMark, autoAllocateChunkSize, makeRequest) {
    super(stream, algorithms, highWaterMark);
    this.autoAllocateChunkSize = autoAllocateChunkSize;
    this.makeRequest = makeRequest;
  }

  shouldPull() {
    const { stream } = this;
    if (stream.state !== 'readable' || this.closeRequested || !this.started) return false;
    return stream.waiting(false) > 0 || stream.waiting(true) > 0 || this.desiredSize > 0;
  }

  // -------------------------------------------------------------------------
  // The queue

  #push(buffer, byteOffset, byteLength) {
    this.queue.push({ buffer, byteOffset, byteLength });
    this.queueTotal += byteLength;
  }

  #pushCopy(buffer, byteOffset, byteLength) {
    let copy;
    try {
      copy = Reflect.apply(sliceBuffer, buffer, [byteOffset, byteOffset + byteLength]);
    } catch (error) {
      this.error(error);
      throw error;
    }
    this.#push(copy, 0, byteLength);
  }

  #reset() {
    this.queue.clear();
    this.queueTotal = 0;
  }

  #afterDrain() {
    if (this.queueTotal === 0 && this.closeRequested) {
      this.clearAlgorithms();
      this.stream.close();
    } else {
      this.pullIfNeeded();
    }
  }

  // Gives the queue's first entry to a read of any kind of chunk.
  #answer(request) {
    const { buffer, byteOffset, byteLength } = this.queue.shift();
    this.queueTotal -= byteLength;
    this.#afterDrain();
    request.chunk(new Uint8Array(buffer, byteOffset, byteLength));
  }

  // Copies from the queue into `into`. Whether that is enough for its reader.
  #fill(into) {
    const most = into.bytesFilled + Math.min(this.queueTotal, into.byteLength - into.bytesFilled);
    const aligned = most - most % into.elementSize;
    const isEnough = aligned >= into.minimumFill;
    let left = (isEnough ? aligned : most) - into.bytesFilled;
    const target = new Uint8Array(into.buffer);
    while (left > 0) {
      const head = this.queue.peek();
      const count = Math.min(left, head.byteLength);
      target.set(new Uint8Array(head.buffer, head.byteOffset, count), into.byteOffset + into.bytesFilled);
      if (count === head.byteLength) {
        this.queue.shift();
      } else {
        head.byteOffset += count;
        head.byteLength -= count;
      }
      this.queueTotal -= count;
      into.bytesFilled += count;
      left -= count;
    }
    return isEnough;
  }

  // Fills as many of the pending as the queue has bytes for, and returns them.
  #fillPending() {
    const filled = [];
    while (this.pending.length !== 0 && this.queueTotal !== 0) {
      if (this.#fill(this.pending[0])) filled.push(this.pending.shift());
    }
    return filled;
  }

  // -------------------------------------------------------------------------
  // Pending memory

  #invalidateRequest() {
    if (this.byobRequest === null) return;
    this.byobRequest.invalidate();
    this.byobRequest = null;
  }

  #clearPending() {
    this.#invalidateRequest();
    this.pending = [];
  }

  // Hands what has been filled to the reader that waits for it.
  #commit(into) {
    const { stream } = this;
    const request = stream.reader.requests.shift();
    const view = into.toView();
    if (stream.state === 'closed') request.close(view);
    else request.chunk(view);
  }

  // What was filled for a reader that has left is for whoever reads next.
  #keepDetached(into) {
    if (into.bytesFilled > 0) this.#pushCopy(into.buffer, into.byteOffset, into.bytesFilled);
    this.pending.shift();
  }

  getRequest() {
    if (this.byobRequest === null && this.pending.length !== 0) {
      const first = this.pending[0];
      const view = new Uint8Array(first.buffer, first.byteOffset + first.bytesFilled, first.byteLength - first.bytesFilled);
      this.byobRequest = this.makeRequest(this, view);
    }
    return this.byobRequest === null ? null : this.byobRequest.object;
  }

  // -------------------------------------------------------------------------
  // What readers ask

  pullSteps(request) {
    const { stream } = this;
    if (this.queueTotal > 0) {
      this.#answer(request);
      return;
    }
    if (this.autoAllocateChunkSize !== undefined) {
      let buffer;
      try {
        buffer = new ArrayBuffer(this.autoAllocateChunkSize);
      } catch (error) {
        request.error(error);
        return;
      }
      this.pending.push(new PullInto(buffer, 0, this.autoAllocateChunkSize, 1, Uint8Array, 'default'));
    }
    stream.reader.requests.push(request);
    this.pullIfNeeded();
  }

  pullInto(view, min, request) {
    const { stream } = this;
    const Class = classOf(view);
    const { byteOffset, byteLength } = view;
    let buffer;
    try {
      buffer = transfer(view.buffer);
    } catch (error) {
      request.error(error);
      return;
    }
    const minimumFill = min * (Class.BYTES_PER_ELEMENT ?? 1);
    const into = new PullInto(buffer, byteOffset, byteLength, minimumFill, Class, 'byob');
    if (this.pending.length !== 0) {
      this.pending.push(into);
      stream.reader.requests.push(request);
      return;
    }
    if (stream.state === 'closed') {
      request.close(new Class(buffer, byteOffset, 0));
      return;
    }
    if (this.queueTotal > 0) {
      if (this.#fill(into)) {
        const filled = into.toView();
        this.#afterDrain();
        request.chunk(filled);
        return;
      }
      if (this.closeRequested) {
        const error = new ERR_INVALID_STATE.TypeError('ReadableStream closed');
        this.error(error);
        request.error(error);
        return;
      }
    }
    this.pending.push(into);
    stream.reader.requests.push(request);
    this.pullIfNeeded();
  }

  cancelSteps(reason) {
    this.#clearPending();
    this.#reset();
    const result = this.algorithms.cancel(reason);
    this.clearAlgorithms();
    return result;
  }

  releaseSteps() {
    if (this.pending.length === 0) return;
    const [first] = this.pending;
    first.reader = 'none';
    this.pending = [first];
  }

  // -------------------------------------------------------------------------
  // What the source does

  close() {
    if (!this.canCloseOrEnqueue) return;
    if (this.queueTotal > 0) {
      this.closeRequested = true;
      return;
    }
    if (this.pending.length !== 0 && this.pending[0].bytesFilled % this.pending[0].elementSize !== 0) {
      const error = new ERR_INVALID_STATE.TypeError('Partial read');
      this.error(error);
      throw error;
    }
    this.clearAlgorithms();
    this.stream.close();
  }

  enqueue(chunk) {
    if (!this.canCloseOrEnqueue) return;
    const { stream } = this;
    const { byteOffset, byteLength } = chunk;
    const buffer = transfer(chunk.buffer);
    if (this.pending.length !== 0) {
      const first = this.pending[0];
      if (first.buffer.detached) throw new ERR_INVALID_STATE.TypeError('Destination ArrayBuffer is detached');
      this.#invalidateRequest();
      first.buffer = transfer(first.buffer);
      if (first.reader === 'none') this.#keepDetached(first);
    }
    const { reader } = stream;
    if (reader === undefined) {
      this.#push(buffer, byteOffset, byteLength);
    } else if (reader.isByob) {
      this.#push(buffer, byteOffset, byteLength);
      for (const into of this.#fillPending()) this.#commit(into);
    } else {
      while (reader.requests.length !== 0 && this.queueTotal !== 0) this.#answer(reader.requests.shift());
      if (reader.requests.length === 0) {
        this.#push(buffer, byteOffset, byteLength);
      } else {
        this.pending.shift();
        reader.requests.shift().chunk(new Uint8Array(buffer, byteOffset, byteLength));
      }
    }
    this.pullIfNeeded();
  }

  error(error) {
    if (this.stream.state !== 'readable') return;
    this.#clearPending();
    this.#reset();
    this.clearAlgorithms();
    this.stream.error(error);
  }

  respond(count) {
    const first = this.pending[0];
    if (this.stream.state === 'closed') {
      if (count !== 0) throw new ERR_INVALID_ARG_VALUE('bytesWritten', count);
    } else {
      if (count === 0) throw new ERR_INVALID_ARG_VALUE('bytesWritten', count);
      if (first.bytesFilled + count > first.byteLength) {
        throw new ERR_INVALID_ARG_VALUE.RangeError('bytesWritten', count);
      }
    }
    first.buffer = transfer(first.buffer);
    this.#respond(count);
  }

  respondWithNewView(view) {
    const first = this.pending[0];
    const { byteLength, byteOffset, buffer } = view;
    if (this.stream.state === 'closed') {
      if (byteLength !== 0) throw new ERR_INVALID_STATE.TypeError('View is not zero-length');
    } else if (byteLength === 0) {
      throw new ERR_INVALID_STATE.TypeError('View is zero-length');
    }
    if (first.byteOffset + first.bytesFilled !== byteOffset || first.bufferByteLength !== buffer.byteLength ||
        first.bytesFilled + byteLength > first.byteLength) {
      throw new ERR_INVALID_ARG_VALUE.RangeError('view', view);
    }
    first.buffer = transfer(buffer);
    this.#respond(byteLength);
  }

  #respond(count) {
    const first = this.pending[0];
    this.#invalidateRequest();
    if (this.stream.state === 'closed') this.#respondClosed(first);
    else this.#respondReadable(count, first);
    this.pullIfNeeded();
  }

  #respondClosed(first) {
    const { stream } = this;
    if (first.reader === 'none') this.pending.shift();
    const filled = [];
    while (filled.length < stream.waiting(true)) filled.push(this.pending.shift());
    for (const into of filled) this.#commit(into);
  }

  #respondReadable(count, first) {
    first.bytesFilled += count;
    if (first.reader === 'none') {
      this.#keepDetached(first);
      for (const into of this.#fillPending()) this.#commit(into);
      return;
    }
    if (first.bytesFilled < first.minimumFill) return;
    this.pending.shift();
    const remainder = first.bytesFilled % first.elementSize;
    if (remainder > 0) {
      const end = first.byteOffset + first.bytesFilled;
      this.#pushCopy(first.buffer, end - remainder, remainder);
    }
    first.bytesFilled -= remainder;
    const filled = this.#fillPending();
    this.#commit(first);
    for (const into of filled) this.#commit(into);
  }
}

module.exports = { ByteControllerState };

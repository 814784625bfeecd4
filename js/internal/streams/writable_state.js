'use strict';

// WritableState: everything a writable side remembers, and its list of writes that wait.
// When to write and what to emit is decided in writable.js; this file emits nothing.

const { Buffer } = require('buffer');
const {
  codes: { ERR_UNKNOWN_ENCODING },
} = require('internal/errors');
const flags = require('internal/streams/flags');
const { getDefaultHighWaterMark, highWaterMarkOf } = require('internal/streams/state');

const {
  kObjectMode, kConstructed, kSync, kEmitClose, kAutoDestroy,
} = flags.common;
const {
  kEnding, kFinished, kFinalCalled, kPrefinished, kNeedDrain, kDecodeStrings, kWriting,
  kBufferProcessing, kAllBuffers, kAllNoop,
} = flags.writable;

const kInitial = kConstructed | kSync | kEmitClose | kAutoDestroy | kDecodeStrings |
  kAllBuffers | kAllNoop;

// Written entries at the front of the list are dropped in one go once there are this many.
const kCompactAt = 256;

class WritableState {
  constructor(options, stream, isDuplex) {
    this.flags = kInitial;
    this.length = 0;
    this.highWaterMark = 0;
    this.corked = 0;
    // Writes, and the end, that have been accepted but not reported back yet.
    this.pendingcb = 0;
    // The write that _write() is busy with.
    this.writelen = 0;
    this.writecb = null;
    // Waiting writes ({ chunk, encoding, callback }) are waiting[head] to the list's end.
    this.waiting = null;
    this.head = 0;
    // Reports that wait for the same tick: see reportLater() in writable.js.
    this.report = null;
    // What end() was given to call.
    this.endCallbacks = null;
    // What _write() is given to call; made at the first write.
    this.onwrite = null;
    this.defaultEncoding = 'utf8';
    this.failure = null;

    if (options === undefined || options === null) {
      this.highWaterMark = getDefaultHighWaterMark(false);
      return;
    }

    if (options.objectMode || (isDuplex && options.writableObjectMode)) this.flags |= kObjectMode;
    this.highWaterMark = highWaterMarkOf(
      options, 'writableHighWaterMark', isDuplex, (this.flags & kObjectMode) !== 0);
    if (options.decodeStrings === false) this.flags &= ~kDecodeStrings;
    if (options.emitClose === false) this.flags &= ~kEmitClose;
    if (options.autoDestroy === false) this.flags &= ~kAutoDestroy;

    const { defaultEncoding } = options;
    if (defaultEncoding && defaultEncoding !== 'utf8') {
      if (!Buffer.isEncoding(defaultEncoding)) throw new ERR_UNKNOWN_ENCODING(defaultEncoding);
      this.defaultEncoding = defaultEncoding;
    }
  }

  // ---- The list of waiting writes

  get waitingCount() {
    return this.waiting === null ? 0 : this.waiting.length - this.head;
  }

  enqueue(entry) {
    if (this.waiting === null) this.waiting = [entry];
    else this.waiting.push(entry);
  }

  dequeue() {
    const { waiting } = this;
    const entry = waiting[this.head];
    waiting[this.head++] = null;
    if (this.head === waiting.length) {
      waiting.length = 0;
      this.head = 0;
      this.flags |= kAllBuffers | kAllNoop;
    } else if (this.head === kCompactAt) {
      waiting.splice(0, kCompactAt);
      this.head = 0;
    }
    return entry;
  }

  // All of them, as an array that is the caller's.
  dequeueAll() {
    const { waiting, head } = this;
    const all = head === 0 ? waiting : waiting.slice(head);
    this.forgetWaiting();
    return all;
  }

  forgetWaiting() {
    this.waiting = null;
    this.head = 0;
    this.flags |= kAllBuffers | kAllNoop;
  }

  // ---- What code outside reads

  getBuffer() {
    return this.waiting === null ? [] : this.waiting.slice(this.head);
  }

  get buffered() {
    return this.getBuffer();
  }

  get bufferedIndex() {
    return 0;
  }

  get bufferedRequestCount() {
    return this.waitingCount;
  }
}

flags.defineCommon(WritableState.prototype);
flags.defineUse(WritableState.prototype, 'writable');
flags.define(WritableState.prototype, {
  ending: kEnding,
  finished: kFinished,
  finalCalled: kFinalCalled,
  prefinished: kPrefinished,
  needDrain: kNeedDrain,
  decodeStrings: kDecodeStrings,
  writing: kWriting,
  bufferProcessing: kBufferProcessing,
  allBuffers: kAllBuffers,
  allNoop: kAllNoop,
});

module.exports = { WritableState };

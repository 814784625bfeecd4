'use strict';

// ReadableState: everything a readable side remembers, and its list of buffered chunks.
// When to read and what to emit is decided in readable.js; this file emits nothing.

const { Buffer } = require('buffer');
const { StringDecoder } = require('string_decoder');
const {
  codes: { ERR_OUT_OF_RANGE, ERR_UNKNOWN_ENCODING },
} = require('internal/errors');
const { getDefaultHighWaterMark, highWaterMarkOf } = require('internal/streams/state');
const flags = require('internal/streams/flags');

const {
  kObjectMode, kConstructed, kSync, kEmitClose, kAutoDestroy, kEnded,
} = flags.common;
const {
  kEndEmitted, kReading, kNeedReadable, kEmittedReadable, kReadableListening, kResumeScheduled,
  kMultiAwaitDrain, kReadingMore, kDataEmitted, kFlowing, kFlowingKnown, kPaused, kPausedKnown,
} = flags.readable;

// `kSync` is set from the start because the first _read() may push before it returns.
const kInitial = kConstructed | kSync | kEmitClose | kAutoDestroy;

// Consumed entries at the front of the list are dropped in one go once there are this many.
const kCompactAt = 1024;

// Stands for "no size given".
const kAny = -1;
const kMaxHighWaterMark = 1 << 30;

class ReadableState {
  constructor(options, stream, isDuplex) {
    this.flags = kInitial;
    this.length = 0;
    this.highWaterMark = 0;
    // Chunks are list[head] to the list's end; the list exists from the first buffered chunk on.
    this.list = null;
    this.head = 0;
    this.decoder = null;
    this.encoding = null;
    this.defaultEncoding = 'utf8';
    this.readableTicks = 0;
    this.awaitDrainWriters = null;
    this.failure = null;
    this.destinations = null;

    if (options === undefined || options === null) {
      this.highWaterMark = getDefaultHighWaterMark(false);
      return;
    }

    if (options.objectMode || (isDuplex && options.readableObjectMode)) this.flags |= kObjectMode;
    this.highWaterMark = highWaterMarkOf(
      options, 'readableHighWaterMark', isDuplex, (this.flags & kObjectMode) !== 0);
    if (options.emitClose === false) this.flags &= ~kEmitClose;
    if (options.autoDestroy === false) this.flags &= ~kAutoDestroy;

    const { defaultEncoding, encoding } = options;
    if (defaultEncoding && defaultEncoding !== 'utf8') {
      if (!Buffer.isEncoding(defaultEncoding)) throw new ERR_UNKNOWN_ENCODING(defaultEncoding);
      this.defaultEncoding = defaultEncoding;
    }
    if (encoding) this.decodeAs(encoding);
  }

  decodeAs(encoding) {
    this.decoder = new StringDecoder(encoding);
    this.encoding = this.decoder.encoding;
  }

  // ---- How much

  // Whether a read(0) should tell its listeners instead of fetching.
  reachedMark() {
    if ((this.flags & kEnded) !== 0) return true;
    return this.highWaterMark === 0 ? this.length > 0 : this.length >= this.highWaterMark;
  }

  // What a read() that asks for `asked` gets out of the buffer as it is.
  amountFor(asked) {
    if (asked === 0 || this.length === 0) return 0;
    if ((this.flags & kObjectMode) !== 0) return 1;
    if (asked === kAny) {
      // Bytes come out as they went in, since joining them costs a copy. Joining text does not.
      return this.decoder === null || (this.flags & kFlowing) !== 0 ?
        this.first().length : this.length;
    }
    if (asked <= this.length) return asked;
    // Less than was asked for is given only when no more will come.
    return (this.flags & kEnded) !== 0 ? this.length : 0;
  }

  // Whoever asks for more than the mark at once needs the mark above it: the next power of two.
  raiseHighWaterMark(size) {
    if (size > kMaxHighWaterMark) throw new ERR_OUT_OF_RANGE('size', '<= 1GiB', size);
    let mark = 1;
    while (mark < size) mark *= 2;
    this.highWaterMark = mark;
  }

  // ---- The list of chunks

  append(chunk) {
    this.length += (this.flags & kObjectMode) !== 0 ? 1 : chunk.length;
    if (this.list === null) this.list = [chunk];
    else this.list.push(chunk);
  }

  prepend(chunk) {
    this.length += (this.flags & kObjectMode) !== 0 ? 1 : chunk.length;
    if (this.list === null) this.list = [chunk];
    else if (this.head > 0) this.list[--this.head] = chunk;
    else this.list.unshift(chunk);
  }

  first() {
    return this.list[this.head];
  }

  // `n` as amountFor() said.
  take(n) {
    let chunk;
    if ((this.flags & kObjectMode) !== 0) chunk = this.takeFirst();
    else if (n >= this.length) chunk = this.takeAll();
    else chunk = this.takeSome(n);
    this.length -= n;
    return chunk;
  }

  // The functions below leave `length` as it is.

  takeFirst() {
    const { list } = this;
    // pop() is much cheaper than setting the length, and this is the usual case.
    if (list.length === 1) return list.pop();
    const chunk = list[this.head];
    if (this.head + 1 === list.length) {
      this.head = 0;
      list.length = 0;
      return chunk;
    }
    list[this.head++] = null;
    if (this.head === kCompactAt) {
      list.splice(0, kCompactAt);
      this.head = 0;
    }
    return chunk;
  }

  takeAll() {
    const { list, head } = this;
    let all;
    if (list.length - head === 1) {
      all = list[head];
    } else {
      const rest = head === 0 ? list : list.slice(head);
      all = this.decoder !== null ? rest.join('') : Buffer.concat(rest, this.length);
    }
    list.length = 0;
    this.head = 0;
    return all;
  }

  // `size` bytes (or characters, behind a decoder); less than what is buffered.
  takeSome(size) {
    const { list } = this;
    const chunk = list[this.head];
    if (size === chunk.length) return this.takeFirst();
    if (size < chunk.length) {
      if (typeof chunk === 'string') {
        list[this.head] = chunk.slice(size);
        return chunk.slice(0, size);
      }
      list[this.head] = chunk.subarray(size);
      return chunk.subarray(0, size);
    }
    return this.decoder !== null ? this.joinText(size) : this.joinBytes(size);
  }

  joinText(size) {
    let text = '';
    while (size > 0) {
      const chunk = this.list[this.head];
      if (chunk.length <= size) {
        text += this.takeFirst();
        size -= chunk.length;
      } else {
        text += chunk.slice(0, size);
        this.list[this.head] = chunk.slice(size);
        size = 0;
      }
    }
    return text;
  }

  joinBytes(size) {
    const bytes = Buffer.allocUnsafe(size);
    let at = 0;
    while (at < size) {
      const chunk = this.list[this.head];
      if (chunk.length <= size - at) {
        bytes.set(chunk, at);
        at += chunk.length;
        this.takeFirst();
      } else {
        const part = size - at;
        bytes.set(chunk.subarray(0, part), at);
        this.list[this.head] = chunk.subarray(part);
        at = size;
      }
    }
    return bytes;
  }

  // ---- What code outside reads.

  // The chunks as a true array, the first one at index 0.
  get buffer() {
    if (this.list === null) {
      this.list = [];
    } else if (this.head > 0) {
      this.list.splice(0, this.head);
      this.head = 0;
    }
    return this.list;
  }

  get bufferIndex() {
    return 0;
  }

  get pipes() {
    this.destinations ??= [];
    return this.destinations;
  }

  set pipes(value) {
    this.destinations = value;
  }

  get pipesCount() {
    return this.destinations === null ? 0 : this.destinations.length;
  }

  get flowing() {
    return (this.flags & kFlowingKnown) !== 0 ? (this.flags & kFlowing) !== 0 : null;
  }

  set flowing(value) {
    this.flags &= ~(kFlowing | kFlowingKnown);
    if (value !== null && value !== undefined) {
      this.flags |= value ? kFlowing | kFlowingKnown : kFlowingKnown;
    }
  }

  // What the user asked for with pause() and resume(): null before either.
  get userPaused() {
    return (this.flags & kPausedKnown) !== 0 ? (this.flags & kPaused) !== 0 : null;
  }

  get paused() {
    return (this.flags & kPaused) !== 0;
  }

  set paused(value) {
    this.flags |= kPausedKnown;
    if (value) this.flags |= kPaused;
    else this.flags &= ~kPaused;
  }
}

flags.defineCommon(ReadableState.prototype);
flags.defineUse(ReadableState.prototype, 'readable');
flags.define(ReadableState.prototype, {
  endEmitted: kEndEmitted,
  reading: kReading,
  needReadable: kNeedReadable,
  emittedReadable: kEmittedReadable,
  readableListening: kReadableListening,
  resumeScheduled: kResumeScheduled,
  multiAwaitDrain: kMultiAwaitDrain,
  readingMore: kReadingMore,
  dataEmitted: kDataEmitted,
});

module.exports = { ReadableState, kAny };

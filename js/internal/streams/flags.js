'use strict';

// The bits of the `flags` word of a ReadableState or a WritableState. Those that both
// sides have share a position, so that destroying need not know which side it changes.
// The public spelling of every bit (`state.ended`, `state.sync` ...) is made by define().

const common = {
  kObjectMode: 1 << 0,
  kConstructed: 1 << 1,
  kSync: 1 << 2,
  kErrored: 1 << 3,
  kErrorEmitted: 1 << 4,
  kEmitClose: 1 << 5,
  kAutoDestroy: 1 << 6,
  kDestroyed: 1 << 7,
  kClosed: 1 << 8,
  kCloseEmitted: 1 << 9,
  // The side was switched off by its owner: `readable: false`, `stream.writable = false`.
  kDisabled: 1 << 10,
  kEnabled: 1 << 11,
  kEnded: 1 << 12,
};

const readable = {
  kEndEmitted: 1 << 13,
  kReading: 1 << 14,
  kNeedReadable: 1 << 15,
  kEmittedReadable: 1 << 16,
  kReadableListening: 1 << 17,
  kResumeScheduled: 1 << 18,
  kMultiAwaitDrain: 1 << 19,
  kReadingMore: 1 << 20,
  kDataEmitted: 1 << 21,
  // `flowing` and the user's own pause() have three values each: null until the second bit is set.
  kFlowing: 1 << 22,
  kFlowingKnown: 1 << 23,
  kPaused: 1 << 24,
  kPausedKnown: 1 << 25,
  kDataListening: 1 << 26,
};

const writable = {
  kEnding: 1 << 13,
  kFinished: 1 << 14,
  kFinalCalled: 1 << 15,
  kPrefinished: 1 << 16,
  kNeedDrain: 1 << 17,
  kDecodeStrings: 1 << 18,
  kWriting: 1 << 19,
  kBufferProcessing: 1 << 20,
  kAllBuffers: 1 << 21,
  kAllNoop: 1 << 22,
};

// Accessors on `prototype` that read and write one bit each.
function define(prototype, names) {
  for (const [name, bit] of Object.entries(names)) {
    Object.defineProperty(prototype, name, {
      __proto__: null,
      configurable: true,
      enumerable: false,
      get() {
        return (this.flags & bit) !== 0;
      },
      set(value) {
        if (value) this.flags |= bit;
        else this.flags &= ~bit;
      },
    });
  }
}

// Accessors for what both states have.
function defineCommon(prototype) {
  define(prototype, {
    objectMode: common.kObjectMode,
    constructed: common.kConstructed,
    sync: common.kSync,
    errorEmitted: common.kErrorEmitted,
    emitClose: common.kEmitClose,
    autoDestroy: common.kAutoDestroy,
    destroyed: common.kDestroyed,
    closed: common.kClosed,
    closeEmitted: common.kCloseEmitted,
    ended: common.kEnded,
  });
  Object.defineProperty(prototype, 'errored', {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      return (this.flags & common.kErrored) !== 0 ? this.failure : null;
    },
    set(value) {
      if (value) {
        this.failure = value;
        this.flags |= common.kErrored;
      } else {
        this.failure = null;
        this.flags &= ~common.kErrored;
      }
    },
  });
}

// The name under which each side says whether it is in use (`readable`, `writable`):
// undefined until somebody decides.
function defineUse(prototype, name) {
  Object.defineProperty(prototype, name, {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      if ((this.flags & common.kDisabled) !== 0) return false;
      return (this.flags & common.kEnabled) !== 0 ? true : undefined;
    },
    set(value) {
      this.flags &= ~(common.kDisabled | common.kEnabled);
      if (value !== undefined) this.flags |= value ? common.kEnabled : common.kDisabled;
    },
  });
}

module.exports = { common, readable, writable, define, defineCommon, defineUse };

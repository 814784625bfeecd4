'use strict';

// ReadableStream as programs see it. What it does is in webstreams/readable_state
// and its neighbours.

const {
  codes: { ERR_ARG_NOT_ITERABLE, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE, ERR_INVALID_THIS },
} = require('internal/errors');
const {
  kValidateObjectAllowObjects, kValidateObjectAllowObjectsAndNull, validateAbortSignal, validateObject,
} = require('internal/validators');
const { ByteControllerState } = require('internal/webstreams/byte_controller_state');
const {
  checkDictionary, defineInterface, inspectAs, kConstruct, kInspect, methodOf,
} = require('internal/webstreams/interface');
const { markHandled, rejected } = require('internal/webstreams/promises');
const { pipe } = require('internal/webstreams/pipe');
const { DefaultControllerState, ReadableState, sourceAlgorithms } = require('internal/webstreams/readable_state');
const { highWaterMarkOf, sizeOf } = require('internal/webstreams/strategies');
const { isWritableStream, writableStateOf } = require('internal/webstreams/writable');

let isReadableStream;
let readableStateOf;

class ReadableStream {
  #state;

  static {
    isReadableStream = (value) => typeof value === 'object' && value !== null && #state in value;
    readableStateOf = (stream) => stream.#state;
  }

  static #check(value) {
    if (!isReadableStream(value)) throw new ERR_INVALID_THIS('ReadableStream');
    return value.#state;
  }

  constructor(source = {}, strategy = {}) {
    if (source === kConstruct) {
      this.#state = strategy;
      strategy.stream = this;
      return;
    }
    validateObject(source, 'source', kValidateObjectAllowObjects);
    checkDictionary(strategy, 'strategy');
    const size = strategy?.size;
    const highWaterMark = strategy?.highWaterMark;
    const { type } = source;
    this.#state = new ReadableState();
    this.#state.stream = this;
    if (type !== undefined && `${type}` === 'bytes') {
      if (size !== undefined) throw new ERR_INVALID_ARG_VALUE.RangeError('strategy.size', size);
      this.#setUpBytes(source, highWaterMarkOf(highWaterMark, 0));
    } else {
      if (type !== undefined) throw new ERR_INVALID_ARG_VALUE('source.type', type);
      const sizeAlgorithm = sizeOf(size);
      this.#setUp(source, highWaterMarkOf(highWaterMark, 1), sizeAlgorithm);
    }
  }

  #setUp(source, highWaterMark, sizeAlgorithm) {
    const { ReadableStreamDefaultController, setControllerState } = require('internal/webstreams/readable_controllers');
    const cancel = methodOf(source, 'cancel', 'source');
    const pull = methodOf(source, 'pull', 'source');
    const start = methodOf(source, 'start', 'source');
    const controller = new ReadableStreamDefaultController(kConstruct);
    const state = new DefaultControllerState(
      this.#state, sourceAlgorithms(source, { pull, cancel }, controller), highWaterMark, sizeAlgorithm);
    setControllerState(controller, state);
    state.begin(start === undefined ? undefined : Reflect.apply(start, source, [controller]));
  }

  #setUpBytes(source, highWaterMark) {
    const {
      ReadableByteStreamController, makeByobRequest, setByteControllerState,
    } = require('internal/webstreams/readable_controllers');
    const { autoAllocateChunkSize } = source;
    const cancel = methodOf(source, 'cancel', 'source');
    const pull = methodOf(source, 'pull', 'source');
    const start = methodOf(source, 'start', 'source');
    const chunkSize = autoAllocateChunkSize === undefined ? undefined : Math.trunc(+autoAllocateChunkSize);
    if (chunkSize !== undefined && !(chunkSize > 0 && Number.isFinite(chunkSize))) {
      throw new ERR_INVALID_ARG_VALUE('source.autoAllocateChunkSize', autoAllocateChunkSize);
    }
    const controller = new ReadableByteStreamController(kConstruct);
    const state = new ByteControllerState(
      this.#state, sourceAlgorithms(source, { pull, cancel }, controller), highWaterMark, chunkSize,
      makeByobRequest);
    setByteControllerState(controller, state);
    state.begin(start === undefined ? undefined : Reflect.apply(start, source, [controller]));
  }

  static from(iterable) {
    const { streamOf } = require('internal/webstreams/from');
    return streamOf(iterable);
  }

  get locked() {
    return ReadableStream.#check(this).isLocked;
  }

  cancel(reason = undefined) {
    if (!isReadableStream(this)) return rejected(new ERR_INVALID_THIS('ReadableStream'));
    if (this.#state.isLocked) return rejected(new ERR_INVALID_STATE.TypeError('ReadableStream is locked'));
    return this.#state.cancel(reason);
  }

  getReader(options = {}) {
    ReadableStream.#check(this);
    validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
    const mode = options?.mode;
    const { ReadableStreamBYOBReader, ReadableStreamDefaultReader } = require('internal/webstreams/readers');
    if (mode === undefined) return new ReadableStreamDefaultReader(this);
    if (`${mode}` !== 'byob') throw new ERR_INVALID_ARG_VALUE('options.mode', mode);
    return new ReadableStreamBYOBReader(this);
  }

  pipeThrough(transform, options = {}) {
    const state = ReadableStream.#check(this);
    const readable = transform?.readable;
    if (!isReadableStream(readable)) throw new ERR_INVALID_ARG_TYPE('transform.readable', 'ReadableStream', readable);
    const writable = transform?.writable;
    if (!isWritableStream(writable)) throw new ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', writable);
    const piping = readPipeOptions(options);
    if (state.isLocked) throw new ERR_INVALID_STATE.TypeError('The ReadableStream is locked');
    const target = writableStateOf(writable);
    if (target.isLocked) throw new ERR_INVALID_STATE.TypeError('The WritableStream is locked');
    markHandled(pipe(state, target, piping));
    return readable;
  }

  pipeTo(destination, options = {}) {
    try {
      const state = ReadableStream.#check(this);
      if (!isWritableStream(destination)) {
        throw new ERR_INVALID_ARG_TYPE('destination', 'WritableStream', destination);
      }
      const piping = readPipeOptions(options);
      if (state.isLocked) throw new ERR_INVALID_STATE.TypeError('The ReadableStream is locked');
      const target = writableStateOf(destination);
      if (target.isLocked) throw new ERR_INVALID_STATE.TypeError('The WritableStream is locked');
      return pipe(state, target, piping);
    } catch (error) {
      return rejected(error);
    }
  }

  tee() {
    const state = ReadableStream.#check(this);
    const { teeBytes, teeChunks } = require('internal/webstreams/tee');
    return state.controller instanceof ByteControllerState ? teeBytes(state) : teeChunks(state);
  }

  values(options = {}) {
    const state = ReadableStream.#check(this);
    validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
    const preventCancel = !!options?.preventCancel;
    const { iterate } = require('internal/webstreams/iterator');
    return iterate(state, preventCancel);
  }

  // What node's stream functions ask of any stream.
  get [Symbol.for('nodejs.webstream.isClosedPromise')]() {
    return ReadableStream.#check(this).getClosedSignal();
  }

  get [Symbol.for('nodejs.webstream.controllerErrorFunction')]() {
    const { controller } = ReadableStream.#check(this);
    return (error) => controller.error(error);
  }

  get [Symbol.for('nodejs.stream.disturbed')]() {
    return ReadableStream.#check(this).disturbed;
  }

  get [Symbol.for('nodejs.stream.errored')]() {
    return ReadableStream.#check(this).state === 'errored';
  }

  get [Symbol.for('nodejs.stream.readable')]() {
    return ReadableStream.#check(this).state === 'readable';
  }

  [kInspect](depth, options) {
    const { controller, isLocked, state } = ReadableStream.#check(this);
    const supportsBYOB = controller instanceof ByteControllerState;
    return inspectAs(this, { locked: isLocked, state, supportsBYOB }, depth, options);
  }
}
defineInterface(ReadableStream);
Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
  __proto__: null, configurable: true, enumerable: false, writable: true, value: ReadableStream.prototype.values,
});

function readPipeOptions(options) {
  checkDictionary(options, 'options');
  const preventAbort = !!options?.preventAbort;
  const preventCancel = !!options?.preventCancel;
  const preventClose = !!options?.preventClose;
  const signal = options?.signal;
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  return { preventAbort, preventCancel, preventClose, signal };
}

// A stream of our own making. `algorithms`: { pull(), cancel(reason) }, both returning promises. It starts when `started` has come out.
function makeReadable(algorithms, highWaterMark = 1, sizeAlgorithm = undefined, started = undefined) {
  const state = new ReadableState();
  const stream = new ReadableStream(kConstruct, state);
  const controller = new DefaultControllerState(state, algorithms, highWaterMark, sizeAlgorithm);
  controller.begin(started);
  return stream;
}

function makeReadableBytes(algorithms) {
  const { makeByobRequest } = require('internal/webstreams/readable_controllers');
  const state = new ReadableState();
  const stream = new ReadableStream(kConstruct, state);
  const controller = new ByteControllerState(state, algorithms, 0, undefined, makeByobRequest);
  controller.begin(undefined);
  return stream;
}

module.exports = { ReadableStream, isReadableStream, makeReadable, makeReadableBytes, readableStateOf };

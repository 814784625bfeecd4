'use strict';

// WritableStream, its writer and its controller, as programs see them. What they
// do is in webstreams/writable_state.

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE, ERR_INVALID_THIS },
} = require('internal/errors');
const { kValidateObjectAllowObjects, validateObject } = require('internal/validators');
const {
  checkDictionary, defineInterface, inspectAs, kConstruct, kInspect, methodOf,
} = require('internal/webstreams/interface');
const { rejected, upon } = require('internal/webstreams/promises');
const { highWaterMarkOf, sizeOf } = require('internal/webstreams/strategies');
const {
  WritableControllerState, WritableState, WriterState, sinkAlgorithms,
} = require('internal/webstreams/writable_state');

let isWritableStream;
let writableStateOf;

class WritableStream {
  #state;

  static {
    isWritableStream = (value) => typeof value === 'object' && value !== null && #state in value;
    writableStateOf = (stream) => stream.#state;
  }

  static #check(value) {
    if (!isWritableStream(value)) throw new ERR_INVALID_THIS('WritableStream');
    return value.#state;
  }

  constructor(sink = {}, strategy = {}) {
    if (sink === kConstruct) {
      this.#state = strategy;
      strategy.stream = this;
      return;
    }
    validateObject(sink, 'sink', kValidateObjectAllowObjects);
    checkDictionary(strategy, 'strategy');
    const size = strategy?.size;
    const highWaterMark = strategy?.highWaterMark;
    const { type } = sink;
    if (type !== undefined) throw new ERR_INVALID_ARG_VALUE.RangeError('sink.type', type);
    const sizeAlgorithm = sizeOf(size);
    const mark = highWaterMarkOf(highWaterMark, 1);

    this.#state = new WritableState();
    this.#state.stream = this;
    const abort = methodOf(sink, 'abort', 'sink');
    const close = methodOf(sink, 'close', 'sink');
    const start = methodOf(sink, 'start', 'sink');
    const write = methodOf(sink, 'write', 'sink');
    const controller = new WritableStreamDefaultController(kConstruct);
    const controllerState = new WritableControllerState(
      this.#state, sinkAlgorithms(sink, { write, close, abort }, controller), mark, sizeAlgorithm);
    setControllerState(controller, controllerState);
    controllerState.begin(start === undefined ? undefined : Reflect.apply(start, sink, [controller]));
  }

  get locked() {
    return WritableStream.#check(this).isLocked;
  }

  abort(reason = undefined) {
    if (!isWritableStream(this)) return rejected(new ERR_INVALID_THIS('WritableStream'));
    if (this.#state.isLocked) return rejected(new ERR_INVALID_STATE.TypeError('WritableStream is locked'));
    return this.#state.abort(reason);
  }

  close() {
    if (!isWritableStream(this)) return rejected(new ERR_INVALID_THIS('WritableStream'));
    if (this.#state.isLocked) return rejected(new ERR_INVALID_STATE.TypeError('WritableStream is locked'));
    if (this.#state.isClosing) return rejected(new ERR_INVALID_STATE.TypeError('Failure closing WritableStream'));
    return this.#state.close();
  }

  getWriter() {
    WritableStream.#check(this);
    return new WritableStreamDefaultWriter(this);
  }

  // What node's stream functions ask of any stream.
  get [Symbol.for('nodejs.webstream.isClosedPromise')]() {
    return WritableStream.#check(this).getClosedSignal();
  }

  get [Symbol.for('nodejs.webstream.controllerErrorFunction')]() {
    const { controller } = WritableStream.#check(this);
    return (error) => controller.errorIfNeeded(error);
  }

  get [Symbol.for('nodejs.stream.errored')]() {
    return WritableStream.#check(this).state === 'errored';
  }

  get [Symbol.for('nodejs.stream.writable')]() {
    return WritableStream.#check(this).state === 'writable';
  }

  [kInspect](depth, options) {
    const { isLocked, state } = WritableStream.#check(this);
    return inspectAs(this, { locked: isLocked, state }, depth, options);
  }
}
defineInterface(WritableStream);

class WritableStreamDefaultWriter {
  #state;

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#state in value)) {
      throw new ERR_INVALID_THIS('WritableStreamDefaultWriter');
    }
    return value.#state;
  }

  // The state of a writer that has its stream. A complaint otherwise, to be thrown or rejected with.
  static #bound(value) {
    const state = WritableStreamDefaultWriter.#check(value);
    if (state.stream === undefined) {
      throw new ERR_INVALID_STATE.TypeError('Writer is not bound to a WritableStream');
    }
    return state;
  }

  constructor(stream) {
    if (!isWritableStream(stream)) throw new ERR_INVALID_ARG_TYPE('stream', 'WritableStream', stream);
    this.#state = new WriterState(writableStateOf(stream));
  }

  get closed() {
    try {
      return WritableStreamDefaultWriter.#check(this).closed.promise;
    } catch (error) {
      return rejected(error);
    }
  }

  get desiredSize() {
    return WritableStreamDefaultWriter.#bound(this).desiredSize;
  }

  get ready() {
    try {
      return WritableStreamDefaultWriter.#check(this).ready.promise;
    } catch (error) {
      return rejected(error);
    }
  }

  abort(reason = undefined) {
    try {
      return WritableStreamDefaultWriter.#bound(this).stream.abort(reason);
    } catch (error) {
      return rejected(error);
    }
  }

  close() {
    try {
      const { stream } = WritableStreamDefaultWriter.#bound(this);
      if (stream.isClosing) throw new ERR_INVALID_STATE.TypeError('Failure to close WritableStream');
      return stream.close();
    } catch (error) {
      return rejected(error);
    }
  }

  releaseLock() {
    const state = WritableStreamDefaultWriter.#check(this);
    if (state.stream !== undefined) state.release();
  }

  write(chunk = undefined) {
    try {
      return WritableStreamDefaultWriter.#bound(this).write(chunk);
    } catch (error) {
      return rejected(error);
    }
  }

  [kInspect](depth, options) {
    const state = WritableStreamDefaultWriter.#check(this);
    return inspectAs(this, {
      stream: state.stream?.stream,
      close: state.closed.promise,
      ready: state.ready.promise,
      desiredSize: state.stream === undefined ? null : state.desiredSize,
    }, depth, options);
  }
}
defineInterface(WritableStreamDefaultWriter);

let setControllerState;

class WritableStreamDefaultController {
  #state;

  static {
    setControllerState = (controller, state) => {
      controller.#state = state;
    };
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#state in value)) {
      throw new ERR_INVALID_THIS('WritableStreamDefaultController');
    }
    return value.#state;
  }

  constructor(key) {
    if (key !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get signal() {
    return WritableStreamDefaultController.#check(this).getSignal();
  }

  error(reason = undefined) {
    WritableStreamDefaultController.#check(this).errorIfNeeded(reason);
  }

  [kInspect](depth, options) {
    const { stream } = WritableStreamDefaultController.#check(this);
    return inspectAs(this, { stream: stream.stream }, depth, options);
  }
}
defineInterface(WritableStreamDefaultController);

// A stream of our own making. `algorithms`: { write(chunk), close(), abort(reason) }, all returning promises. It starts when `started` has
// come out.
function makeWritable(algorithms, highWaterMark, sizeAlgorithm, started = undefined) {
  const state = new WritableState();
  const stream = new WritableStream(kConstruct, state);
  const controllerState = new WritableControllerState(state, algorithms, highWaterMark, sizeAlgorithm);
  controllerState.begin(started);
  return stream;
}

module.exports = {
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
  isWritableStream,
  makeWritable,
  writableStateOf,
};

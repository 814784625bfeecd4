'use strict';

// TransformStream: a writable stream and a readable one with a transformer between them.

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE, ERR_INVALID_THIS },
} = require('internal/errors');
const { kValidateObjectAllowObjects, validateObject } = require('internal/validators');
const {
  checkDictionary, defineInterface, inspectAs, kConstruct, kInspect, methodOf,
} = require('internal/webstreams/interface');
const { callAsNewPromise, callAsPromise, deferred, rejected, resolved, upon } = require('internal/webstreams/promises');
const { makeReadable, readableStateOf } = require('internal/webstreams/readable');
const { highWaterMarkOf, sizeOf } = require('internal/webstreams/strategies');
const { makeWritable, writableStateOf } = require('internal/webstreams/writable');

class TransformState {
  // The two ends, and their states.
  readable;
  writable;
  readableState;
  writableState;
  backpressure = undefined;
  backpressureChange = undefined;
  // { transform(chunk), flush(), cancel(reason) }, each returning a promise; undefined once they are not needed any more.
  algorithms = undefined;
  // The outcome of the end, when it has begun.
  finish = undefined;
  // The object that programs have.
  stream = undefined;

  constructor(started, writableMark, writableSize, readableMark, readableSize) {
    this.writable = makeWritable({
      write: (chunk) => this.#write(chunk),
      close: () => this.#close(),
      abort: (reason) => this.#abort(reason),
    }, writableMark, writableSize, started);
    this.readable = makeReadable({
      pull: () => this.#pull(),
      cancel: (reason) => this.#cancel(reason),
    }, readableMark, readableSize, started);
    this.writableState = writableStateOf(this.writable);
    this.readableState = readableStateOf(this.readable);
    this.#setBackpressure(true);
  }

  #setBackpressure(backpressure) {
    this.backpressureChange?.resolve();
    this.backpressureChange = deferred();
    this.backpressure = backpressure;
  }

  #unblockWrite() {
    if (this.backpressure) this.#setBackpressure(false);
  }

  clearAlgorithms() {
    this.algorithms = undefined;
  }

  error(error) {
    this.readableState.controller.error(error);
    this.errorWritableAndUnblock(error);
  }

  errorWritableAndUnblock(error) {
    this.clearAlgorithms();
    this.writableState.controller.errorIfNeeded(error);
    this.#unblockWrite();
  }

  enqueue(chunk) {
    const { controller } = this.readableState;
    if (!controller.canCloseOrEnqueue) {
      throw new ERR_INVALID_STATE.TypeError('Readable is not in a state to enqueue');
    }
    try {
      controller.enqueue(chunk);
    } catch (error) {
      this.errorWritableAndUnblock(error);
      throw this.readableState.storedError;
    }
    const { hasBackpressure } = controller;
    if (hasBackpressure !== this.backpressure) this.#setBackpressure(true);
  }

  terminate() {
    this.readableState.controller.close();
    this.errorWritableAndUnblock(new ERR_INVALID_STATE.TypeError('TransformStream terminated'));
  }

  #transform(chunk) {
    return upon(this.algorithms.transform(chunk), undefined, (error) => {
      this.error(error);
      throw error;
    });
  }

  #write(chunk) {
    if (!this.backpressure) return this.#transform(chunk);
    return upon(this.backpressureChange.promise, () => {
      const { state, storedError } = this.writableState;
      if (state === 'erroring') throw storedError;
      return this.#transform(chunk);
    });
  }

  #abort(reason) {
    if (this.finish !== undefined) return this.finish.promise;
    const { readableState } = this;
    this.finish = deferred();
    const canceled = this.algorithms.cancel(reason);
    this.clearAlgorithms();
    upon(canceled, () => {
      if (readableState.state === 'errored') {
        this.finish.reject(readableState.storedError);
      } else {
        readableState.controller.error(reason);
        this.finish.resolve();
      }
    }, (error) => {
      readableState.controller.error(error);
      this.finish.reject(error);
    });
    return this.finish.promise;
  }

  #close() {
    if (this.finish !== undefined) return this.finish.promise;
    const { readableState } = this;
    this.finish = deferred();
    const flushed = this.algorithms.flush();
    this.clearAlgorithms();
    upon(flushed, () => {
      if (readableState.state === 'errored') {
        this.finish.reject(readableState.storedError);
      } else {
        readableState.controller.close();
        this.finish.resolve();
      }
    }, (error) => {
      readableState.controller.error(error);
      this.finish.reject(error);
    });
    return this.finish.promise;
  }

  #pull() {
    this.#setBackpressure(false);
    return this.backpressureChange.promise;
  }

  #cancel(reason) {
    if (this.finish !== undefined) return this.finish.promise;
    const { writableState } = this;
    this.finish = deferred();
    const canceled = this.algorithms.cancel(reason);
    this.clearAlgorithms();
    upon(canceled, () => {
      if (writableState.state === 'errored') {
        this.finish.reject(writableState.storedError);
      } else {
        writableState.controller.errorIfNeeded(reason);
        this.#unblockWrite();
        this.finish.resolve();
      }
    }, (error) => {
      writableState.controller.errorIfNeeded(error);
      this.#unblockWrite();
      this.finish.reject(error);
    });
    return this.finish.promise;
  }
}

let transformStateOf;
let isTransformStream;

class TransformStream {
  #state;

  static {
    isTransformStream = (value) => typeof value === 'object' && value !== null && #state in value;
    transformStateOf = (stream) => stream.#state;
  }

  static #check(value) {
    if (!isTransformStream(value)) throw new ERR_INVALID_THIS('TransformStream');
    return value.#state;
  }

  constructor(transformer = {}, writableStrategy = {}, readableStrategy = {}) {
    if (transformer === kConstruct) {
      this.#state = writableStrategy;
      return;
    }
    validateObject(transformer, 'transformer', kValidateObjectAllowObjects);
    checkDictionary(writableStrategy, 'writableStrategy');
    checkDictionary(readableStrategy, 'readableStrategy');
    const cancel = methodOf(transformer, 'cancel', 'transformer');
    const flush = methodOf(transformer, 'flush', 'transformer');
    const { readableType } = transformer;
    const start = methodOf(transformer, 'start', 'transformer');
    const transform = methodOf(transformer, 'transform', 'transformer');
    const { writableType } = transformer;
    if (readableType !== undefined) throw new ERR_INVALID_ARG_VALUE.RangeError('transformer.readableType', readableType);
    if (writableType !== undefined) throw new ERR_INVALID_ARG_VALUE.RangeError('transformer.writableType', writableType);

    const readableMark = highWaterMarkOf(readableStrategy?.highWaterMark, 0);
    const readableSize = sizeOf(readableStrategy?.size);
    const writableMark = highWaterMarkOf(writableStrategy?.highWaterMark, 1);
    const writableSize = sizeOf(writableStrategy?.size);

    const started = deferred();
    const state = new TransformState(started.promise, writableMark, writableSize, readableMark, readableSize);
    this.#state = state;
    state.stream = this;
    const controller = new TransformStreamDefaultController(kConstruct);
    setControllerState(controller, state);
    state.algorithms = {
      transform: transform === undefined ?
        (chunk) => callAsPromise(state.enqueue, state, chunk) :
        (chunk) => callAsPromise(transform, transformer, chunk, controller),
      flush: flush === undefined ? () => resolved() : () => callAsNewPromise(flush, transformer, controller),
      cancel: cancel === undefined ? () => resolved() : (reason) => callAsNewPromise(cancel, transformer, reason),
    };
    started.resolve(start === undefined ? undefined : Reflect.apply(start, transformer, [controller]));
  }

  get readable() {
    return TransformStream.#check(this).readable;
  }

  get writable() {
    return TransformStream.#check(this).writable;
  }

  [kInspect](depth, options) {
    const { backpressure, readable, writable } = TransformStream.#check(this);
    return inspectAs(this, { readable, writable, backpressure }, depth, options);
  }
}
defineInterface(TransformStream);

let setControllerState;

class TransformStreamDefaultController {
  #state;

  static {
    setControllerState = (controller, state) => {
      controller.#state = state;
    };
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#state in value) || value.#state === undefined) {
      throw new ERR_INVALID_THIS('TransformStreamDefaultController');
    }
    return value.#state;
  }

  constructor(key) {
    if (key !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get desiredSize() {
    return TransformStreamDefaultController.#check(this).readableState.controller.desiredSize;
  }

  enqueue(chunk = undefined) {
    TransformStreamDefaultController.#check(this).enqueue(chunk);
  }

  error(reason = undefined) {
    TransformStreamDefaultController.#check(this).error(reason);
  }

  terminate() {
    TransformStreamDefaultController.#check(this).terminate();
  }

  [kInspect](depth, options) {
    const { stream } = TransformStreamDefaultController.#check(this);
    return inspectAs(this, { stream }, depth, options);
  }
}
defineInterface(TransformStreamDefaultController);

// One whose ends have come from elsewhere.
function makeTransform(readable, writable) {
  return new TransformStream(kConstruct, { readable, writable, backpressure: undefined });
}

module.exports = {
  TransformStream, TransformStreamDefaultController, isTransformStream, makeTransform, transformStateOf,
};

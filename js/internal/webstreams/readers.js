'use strict';

// The readers of a ReadableStream, as programs see them.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE, ERR_INVALID_THIS, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { kValidateObjectAllowObjectsAndNull, validateObject } = require('internal/validators');
const { isArrayBufferView } = require('internal/util/types');
const { ByteControllerState } = require('internal/webstreams/byte_controller_state');
const { defineInterface, inspectAs, kInspect } = require('internal/webstreams/interface');
const { rejected } = require('internal/webstreams/promises');
const { isReadableStream, readableStateOf } = require('internal/webstreams/readable');
const { PromiseRequest, ReaderState } = require('internal/webstreams/readable_state');

function released() {
  return new ERR_INVALID_STATE.TypeError('The reader is not attached to a stream');
}

function bind(stream, isByob) {
  if (!isReadableStream(stream)) throw new ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
  const state = readableStateOf(stream);
  if (state.isLocked) throw new ERR_INVALID_STATE.TypeError('ReadableStream is locked');
  if (isByob && !(state.controller instanceof ByteControllerState)) {
    throw new ERR_INVALID_ARG_VALUE('stream', stream, 'must be a byte stream');
  }
  return new ReaderState(state, isByob);
}

class ReadableStreamDefaultReader {
  #state;

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#state in value)) {
      throw new ERR_INVALID_THIS('ReadableStreamDefaultReader');
    }
    return value.#state;
  }

  constructor(stream) {
    this.#state = bind(stream, false);
  }

  get closed() {
    try {
      return ReadableStreamDefaultReader.#check(this).closed.promise;
    } catch (error) {
      return rejected(error);
    }
  }

  read() {
    try {
      const state = ReadableStreamDefaultReader.#check(this);
      if (state.stream === undefined) throw released();
      const request = new PromiseRequest();
      state.read(request);
      return request.promise;
    } catch (error) {
      return rejected(error);
    }
  }

  releaseLock() {
    const state = ReadableStreamDefaultReader.#check(this);
    if (state.stream !== undefined) state.release();
  }

  cancel(reason = undefined) {
    try {
      const state = ReadableStreamDefaultReader.#check(this);
      if (state.stream === undefined) throw released();
      return state.cancel(reason);
    } catch (error) {
      return rejected(error);
    }
  }

  [kInspect](depth, options) {
    const state = ReadableStreamDefaultReader.#check(this);
    return inspectAs(this, {
      stream: state.stream?.stream,
      readRequests: state.requests.length,
      close: state.closed.promise,
    }, depth, options);
  }
}
defineInterface(ReadableStreamDefaultReader);

function checkView(view) {
  if (!isArrayBufferView(view)) throw new ERR_INVALID_ARG_TYPE('view', ['Buffer', 'TypedArray', 'DataView'], view);
  if (!core.isArrayBuffer(view.buffer)) throw new ERR_INVALID_ARG_VALUE('view', view, 'must not be over shared memory');
  if (view.byteLength === 0 || view.buffer.byteLength === 0) {
    throw new ERR_INVALID_STATE.TypeError('View or Viewed ArrayBuffer is zero-length or detached');
  }
}

// How many elements a read waits for.
function minimumOf(options, view) {
  validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
  const given = options?.min;
  if (given === undefined) return 1;
  const min = Math.trunc(+given);
  if (!Number.isFinite(min) || min < 0) throw new ERR_INVALID_ARG_VALUE('options.min', given);
  if (min === 0) throw new ERR_INVALID_ARG_VALUE('options.min', given, 'must be greater than 0');
  const most = view.length ?? view.byteLength;
  if (min > most) throw new ERR_OUT_OF_RANGE('options.min', `<= ${most}`, given);
  return min;
}

class ReadableStreamBYOBReader {
  #state;

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#state in value)) {
      throw new ERR_INVALID_THIS('ReadableStreamBYOBReader');
    }
    return value.#state;
  }

  constructor(stream) {
    this.#state = bind(stream, true);
  }

  get closed() {
    try {
      return ReadableStreamBYOBReader.#check(this).closed.promise;
    } catch (error) {
      return rejected(error);
    }
  }

  read(view, options = {}) {
    try {
      const state = ReadableStreamBYOBReader.#check(this);
      checkView(view);
      const min = minimumOf(options, view);
      if (state.stream === undefined) throw released();
      const request = new PromiseRequest();
      state.readInto(view, min, request);
      return request.promise;
    } catch (error) {
      return rejected(error);
    }
  }

  releaseLock() {
    const state = ReadableStreamBYOBReader.#check(this);
    if (state.stream !== undefined) state.release();
  }

  cancel(reason = undefined) {
    try {
      const state = ReadableStreamBYOBReader.#check(this);
      if (state.stream === undefined) throw released();
      return state.cancel(reason);
    } catch (error) {
      return rejected(error);
    }
  }

  [kInspect](depth, options) {
    const state = ReadableStreamBYOBReader.#check(this);
    return inspectAs(this, {
      stream: state.stream?.stream,
      requests: state.requests.length,
      close: state.closed.promise,
    }, depth, options);
  }
}
defineInterface(ReadableStreamBYOBReader);

module.exports = { ReadableStreamBYOBReader, ReadableStreamDefaultReader };

'use strict';

// The controllers that a source is handed, and the request for memory to be filled.

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE, ERR_INVALID_THIS },
} = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');
const { defineInterface, inspectAs, kConstruct, kInspect } = require('internal/webstreams/interface');

let setControllerState;

class ReadableStreamDefaultController {
  #state;

  static {
    setControllerState = (controller, state) => {
      controller.#state = state;
      state.controllerObject = controller;
    };
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#state in value)) {
      throw new ERR_INVALID_THIS('ReadableStreamDefaultController');
    }
    return value.#state;
  }

  constructor(key) {
    if (key !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get desiredSize() {
    return ReadableStreamDefaultController.#check(this).desiredSize;
  }

  close() {
    const state = ReadableStreamDefaultController.#check(this);
    if (!state.canCloseOrEnqueue) throw new ERR_INVALID_STATE.TypeError('Controller is already closed');
    state.close();
  }

  enqueue(chunk = undefined) {
    const state = ReadableStreamDefaultController.#check(this);
    if (!state.canCloseOrEnqueue) throw new ERR_INVALID_STATE.TypeError('Controller is already closed');
    state.enqueue(chunk);
  }

  error(error = undefined) {
    ReadableStreamDefaultController.#check(this).error(error);
  }

  [kInspect](depth, options) {
    return inspectAs(this, {}, depth, options);
  }
}
defineInterface(ReadableStreamDefaultController);

let setByteControllerState;

function checkView(view, name) {
  if (!isArrayBufferView(view)) throw new ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView'], view);
  if (!core.isArrayBuffer(view.buffer)) throw new ERR_INVALID_ARG_VALUE(name, view, 'must not be over shared memory');
}

class ReadableByteStreamController {
  #state;

  static {
    setByteControllerState = (controller, state) => {
      controller.#state = state;
      state.controllerObject = controller;
    };
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#state in value)) {
      throw new ERR_INVALID_THIS('ReadableByteStreamController');
    }
    return value.#state;
  }

  constructor(key) {
    if (key !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get byobRequest() {
    return ReadableByteStreamController.#check(this).getRequest();
  }

  get desiredSize() {
    return ReadableByteStreamController.#check(this).desiredSize;
  }

  close() {
    const state = ReadableByteStreamController.#check(this);
    if (state.closeRequested) throw new ERR_INVALID_STATE.TypeError('Controller is already closed');
    if (state.stream.state !== 'readable') throw new ERR_INVALID_STATE.TypeError('ReadableStream is already closed');
    state.close();
  }

  enqueue(chunk) {
    const state = ReadableByteStreamController.#check(this);
    checkView(chunk, 'buffer');
    if (chunk.byteLength === 0 || chunk.buffer.byteLength === 0) {
      throw new ERR_INVALID_STATE.TypeError('chunk ArrayBuffer is zero-length or detached');
    }
    if (state.closeRequested) throw new ERR_INVALID_STATE.TypeError('Controller is already closed');
    if (state.stream.state !== 'readable') throw new ERR_INVALID_STATE.TypeError('ReadableStream is already closed');
    state.enqueue(chunk);
  }

  error(error = undefined) {
    ReadableByteStreamController.#check(this).error(error);
  }

  [kInspect](depth, options) {
    return inspectAs(this, {}, depth, options);
  }
}
defineInterface(ReadableByteStreamController);

let makeByobRequest;

class ReadableStreamBYOBRequest {
  #controller;
  #view = null;

  static {
    makeByobRequest = (controller, view) => {
      const request = new ReadableStreamBYOBRequest(kConstruct);
      request.#controller = controller;
      request.#view = view;
      return {
        object: request,
        invalidate() {
          request.#controller = undefined;
          request.#view = null;
        },
      };
    };
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#view in value)) {
      throw new ERR_INVALID_THIS('ReadableStreamBYOBRequest');
    }
    return value;
  }

  constructor(key) {
    if (key !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get view() {
    return ReadableStreamBYOBRequest.#check(this).#view;
  }

  respond(bytesWritten) {
    ReadableStreamBYOBRequest.#check(this);
    if (arguments.length === 0) throw new ERR_INVALID_ARG_VALUE('bytesWritten', undefined);
    const count = Math.trunc(+bytesWritten);
    if (!Number.isFinite(count) || count < 0) throw new ERR_INVALID_ARG_VALUE('bytesWritten', bytesWritten);
    if (this.#controller === undefined) {
      throw new ERR_INVALID_STATE.TypeError('This BYOB request has been invalidated');
    }
    if (this.#view.buffer.detached) throw new ERR_INVALID_STATE.TypeError('Viewed ArrayBuffer is detached');
    this.#controller.respond(count);
  }

  respondWithNewView(view) {
    ReadableStreamBYOBRequest.#check(this);
    checkView(view, 'view');
    if (this.#controller === undefined) {
      throw new ERR_INVALID_STATE.TypeError('This BYOB request has been invalidated');
    }
    if (view.buffer.detached) throw new ERR_INVALID_STATE.TypeError('Viewed ArrayBuffer is detached');
    this.#controller.respondWithNewView(view);
  }

  [kInspect](depth, options) {
    ReadableStreamBYOBRequest.#check(this);
    return inspectAs(this, {
      view: this.#view,
      controller: this.#controller?.controllerObject,
    }, depth, options);
  }
}
defineInterface(ReadableStreamBYOBRequest);

module.exports = {
  ReadableByteStreamController,
  ReadableStreamBYOBRequest,
  ReadableStreamDefaultController,
  makeByobRequest,
  setByteControllerState,
  setControllerState,
};

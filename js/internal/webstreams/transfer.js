'use strict';

// Streams in messages: each moved stream is the far end of a channel, whose near
// end is piped from or to the stream that was moved.

const { codes: { ERR_INVALID_STATE } } = require('internal/errors');
const { DOMException } = require('internal/domexception');
const { MessageChannel } = require('internal/messaging/message_port');
const { defineTransferable } = require('internal/messaging/transferable');
const { pipe } = require('internal/webstreams/pipe');
const { deferred, markHandled, rejected, resolved, upon } = require('internal/webstreams/promises');
const { ReadableStream, isReadableStream, makeReadable, readableStateOf } = require('internal/webstreams/readable');
const { TransformStream, isTransformStream, makeTransform } = require('internal/webstreams/transform');
const { WritableStream, isWritableStream, makeWritable, writableStateOf } = require('internal/webstreams/writable');

const piping = { preventAbort: false, preventCancel: false, preventClose: false, signal: undefined };

function post(port, type, value) {
  port.postMessage({ type, value });
}

// Sends what can be sent; what cannot is an error for both sides.
function tryPost(port, type, value) {
  try {
    post(port, type, value);
    return undefined;
  } catch (error) {
    postError(port, error);
    return { error };
  }
}

function postError(port, error) {
  try {
    post(port, 'error', error);
  } catch (failure) {
    post(port, 'error', new DOMException(failure.message, failure.name));
  }
}

// A port that waits for messages does not keep the process alive: whoever writes or reads does.
function listen(port, onMessage) {
  port.onmessage = ({ data }) => onMessage(data.type, data.value);
  port.onmessageerror = () => {
    const error = new DOMException('Message could not be deserialized', 'DataCloneError');
    postError(port, error);
    onMessage('error', error);
    port.close();
  };
  port.unref();
}

// The writable stream whose chunks go through `port`.
function writableOver(port) {
  let backpressure = deferred();
  const stream = makeWritable({
    write(chunk) {
      backpressure ??= settled();
      return upon(backpressure.promise, () => {
        backpressure = deferred();
        const failure = tryPost(port, 'chunk', chunk);
        if (failure === undefined) return undefined;
        port.close();
        throw failure.error;
      });
    },
    close() {
      post(port, 'close');
      port.close();
      return resolved();
    },
    abort(reason) {
      const failure = tryPost(port, 'error', reason);
      port.close();
      return failure === undefined ? resolved() : rejected(failure.error);
    },
  }, 1, undefined);
  const { controller } = writableStateOf(stream);
  listen(port, (type, value) => {
    if (type === 'error') controller.errorIfNeeded(value);
    // Whoever waits is let through, to see how things stand.
    backpressure?.resolve();
    backpressure = undefined;
  });
  return stream;
}

function settled() {
  const result = deferred();
  result.resolve();
  return result;
}

// The readable stream of what comes through `port`.
function readableOver(port) {
  const stream = makeReadable({
    pull() {
      post(port, 'pull');
      return resolved();
    },
    cancel(reason) {
      const failure = tryPost(port, 'error', reason);
      port.close();
      return failure === undefined ? resolved() : rejected(failure.error);
    },
  }, 0, undefined);
  const { controller } = readableStateOf(stream);
  listen(port, (type, value) => {
    if (type === 'chunk') {
      controller.enqueue(value);
    } else if (type === 'close') {
      controller.close();
      port.close();
    } else if (type === 'error') {
      controller.error(value);
      port.close();
    }
  });
  return stream;
}

function refuseLocked(isLocked, name) {
  if (isLocked) throw new DOMException(`Cannot transfer a locked ${name}`, 'DataCloneError');
}

function sendReadable(stream) {
  const state = readableStateOf(stream);
  refuseLocked(state.isLocked, 'ReadableStream');
  const { port1, port2 } = new MessageChannel();
  markHandled(pipe(state, writableStateOf(writableOver(port1)), piping));
  return port2;
}

function sendWritable(stream) {
  const state = writableStateOf(stream);
  refuseLocked(state.isLocked, 'WritableStream');
  const { port1, port2 } = new MessageChannel();
  markHandled(pipe(readableStateOf(readableOver(port1)), state, piping));
  return port2;
}

function checked(isOne, name, send) {
  return function() {
    if (!isOne(this)) {
      const { codes: { ERR_INVALID_THIS } } = require('internal/errors');
      throw new ERR_INVALID_THIS(name);
    }
    return send(this);
  };
}

defineTransferable(ReadableStream.prototype, checked(isReadableStream, 'ReadableStream', (stream) => (
  { type: 'ReadableStream', port: sendReadable(stream) })));
defineTransferable(WritableStream.prototype, checked(isWritableStream, 'WritableStream', (stream) => (
  { type: 'WritableStream', port: sendWritable(stream) })));
defineTransferable(TransformStream.prototype, checked(isTransformStream, 'TransformStream', (stream) => {
  const { readable, writable } = stream;
  refuseLocked(readable.locked || writable.locked, 'TransformStream');
  return { type: 'TransformStream', readable: sendReadable(readable), writable: sendWritable(writable) };
}));

core.registerCloneableResource('ReadableStream', ({ port }) => readableOver(port));
core.registerCloneableResource('WritableStream', ({ port }) => writableOver(port));
core.registerCloneableResource('TransformStream', ({ readable, writable }) => (
  makeTransform(readableOver(readable), writableOver(writable))));

'use strict';

// toWeb(): a web stream over a Node stream, whose back-pressure is passed on both ways.

const { Buffer } = require('buffer');
const {
  AbortError,
  codes: { ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { validateObject, validateOneOf } = require('internal/validators');
const { destroyer } = require('internal/streams/destroy');
const { finished } = require('internal/streams/end_of_stream');
const {
  isDestroyed, isOutgoingMessage, isReadable, isWritable, isWritableEnded,
} = require('internal/streams/utils');
const { webClass } = require('internal/streams/web_globals');

function nop() {}

// The reader of a web stream is told of an abort, not of how Node noticed it.
function reasonFor(err) {
  return err?.code === 'ERR_STREAM_PREMATURE_CLOSE' ? new AbortError(undefined, { cause: err }) : err;
}

// A byte stream may not say how chunks are measured.
function strategyFor(objectMode, highWaterMark, type) {
  if (!objectMode || type === 'bytes') return { highWaterMark };
  return new (webClass('CountQueuingStrategy'))({ highWaterMark });
}

// ---------------------------------------------------------------------------

function deadReadable(type) {
  const readable = new (webClass('ReadableStream'))({ type });
  readable.cancel();
  return readable;
}

// The source of a ReadableStream.
class ReadableSource {
  constructor(stream, type) {
    this.stream = stream;
    this.type = type;
    this.controller = null;
    this.canceled = false;
  }

  start(controller) {
    const { stream } = this;
    this.controller = controller;
    stream.pause();
    const stop = finished(stream, (err) => {
      stop();
      // The stream may have more errors to come, which nobody is there to hear.
      stream.on('error', nop);
      if (err) controller.error(reasonFor(err));
      else if (!this.canceled) this.close();
    });
    stream.on('data', (chunk) => this.enqueue(chunk));
    // Listening to 'data' started the flow.
    stream.pause();
  }

  enqueue(chunk) {
    const { controller, stream } = this;
    if (this.canceled) return;
    // Plain bytes, without a Buffer's methods.
    if (Buffer.isBuffer(chunk) && !stream.readableObjectMode) {
      chunk = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      // A byte stream takes the memory away from whoever hands it in, and this may be a pool's.
      if (this.type === 'bytes') chunk = chunk.slice();
    }
    controller.enqueue(chunk);
    if (controller.desiredSize <= 0) stream.pause();
  }

  close() {
    const { controller } = this;
    controller.close();
    // A pending read into the reader's own memory is answered only so.
    if (this.type === 'bytes') controller.byobRequest?.respond(0);
  }

  pull() {
    this.stream.resume();
  }

  cancel(reason) {
    this.canceled = true;
    destroyer(this.stream, reason);
  }
}

function readableToWeb(stream, options = {}) {
  if (typeof stream?._readableState !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('streamReadable', 'stream.Readable', stream);
  }
  validateObject(options, 'options');
  const { type } = options;
  if (type !== undefined) validateOneOf(type, 'options.type', ['bytes', undefined]);
  const ReadableStream = webClass('ReadableStream');

  if (isDestroyed(stream) || !isReadable(stream)) return deadReadable(type);
  return new ReadableStream(
    new ReadableSource(stream, type),
    options.strategy ??
      strategyFor(stream.readableObjectMode, stream.readableHighWaterMark, type));
}

// ---------------------------------------------------------------------------

function deadWritable() {
  const writable = new (webClass('WritableStream'))();
  writable.close();
  return writable;
}

// The sink of a WritableStream.
class WritableSink {
  constructor(stream) {
    this.stream = stream;
    // What write() and close() have promised.
    this.drained = null;
    this.closed = null;
  }

  start(controller) {
    const { stream } = this;
    const stop = finished(stream, (err) => {
      stop();
      // The stream may have more errors to come, which nobody is there to hear.
      stream.on('error', nop);
      if (err) {
        const reason = reasonFor(err);
        this.drained?.reject(reason);
        this.closed?.reject(reason);
        controller.error(reason);
      } else if (this.closed !== null) {
        this.closed.resolve();
      } else {
        controller.error(new AbortError());
      }
      this.closed = null;
    });
    stream.on('drain', () => {
      this.drained?.resolve();
      this.drained = null;
    });
  }

  write(chunk) {
    const { stream } = this;
    if (!stream.writableObjectMode && chunk instanceof ArrayBuffer) chunk = new Uint8Array(chunk);
    if (!stream.writableNeedDrain && stream.write(chunk)) return undefined;
    this.drained = Promise.withResolvers();
    return this.drained.promise;
  }

  abort(reason) {
    destroyer(this.stream, reason);
  }

  close() {
    if (this.closed === null && !isWritableEnded(this.stream)) this.stream.end();
    this.closed ??= Promise.withResolvers();
    return this.closed.promise;
  }
}

function writableToWeb(stream) {
  if (typeof stream?._writableState !== 'object' && !(stream && isOutgoingMessage(stream))) {
    throw new ERR_INVALID_ARG_TYPE('streamWritable', 'stream.Writable', stream);
  }
  const WritableStream = webClass('WritableStream');
  if (isDestroyed(stream) || !isWritable(stream)) return deadWritable();
  return new WritableStream(
    new WritableSink(stream),
    strategyFor(stream.writableObjectMode, stream.writableHighWaterMark));
}

// ---------------------------------------------------------------------------

let warned = false;

function readableTypeOf(options) {
  validateObject(options, 'options');
  if (options.type !== undefined) {
    validateOneOf(options.type, 'options.type', ['bytes', undefined]);
    if (!warned) {
      warned = true;
      process.emitWarning(
        "Passing 'options.type' to Duplex.toWeb() is deprecated. Please use 'options.readableType' instead.",
        'DeprecationWarning', 'DEP0201');
    }
  }
  const type = options.readableType ?? options.type;
  if (type !== undefined) validateOneOf(type, 'options.readableType', ['bytes', undefined]);
  return type;
}

function duplexToWeb(duplex, options = {}) {
  if (typeof duplex?._writableState !== 'object' || typeof duplex?._readableState !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('duplex', 'stream.Duplex', duplex);
  }
  const type = readableTypeOf(options);
  return {
    writable: writableToWeb(duplex),
    readable: isReadable(duplex) ? readableToWeb(duplex, { type }) : deadReadable(type),
  };
}

module.exports = { duplexToWeb, readableToWeb, writableToWeb };

'use strict';

// fromWeb(): a Node stream over a web stream, which it locks and from then on owns.

const { Buffer } = require('buffer');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_STREAM_PREMATURE_CLOSE },
} = require('internal/errors');
const { validateBoolean, validateObject } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { destroyer } = require('internal/streams/destroy');
const { Duplex } = require('internal/streams/duplex');
const { Readable } = require('internal/streams/readable');
const { isReadableStream, isWritableEnded, isWritableStream } =
  require('internal/streams/utils');
const { Writable } = require('internal/streams/writable');

// A callback called out of a promise: what it throws is an uncaught exception, not a rejection.
function later(callback) {
  return (err) => nextTick(callback, err);
}

function validateOptions(options) {
  validateObject(options, 'options');
  const { objectMode = false, encoding, decodeStrings = true } = options;
  validateBoolean(objectMode, 'options.objectMode');
  validateBoolean(decodeStrings, 'options.decodeStrings');
  if (encoding !== undefined && !Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE('options.encoding', encoding);
  }
}

// ---------------------------------------------------------------------------

class Source {
  constructor(webStream) {
    this.reader = webStream.getReader();
    this.closed = false;
  }

  watch(stream) {
    this.reader.closed.then(() => {
      this.closed = true;
    }, (err) => {
      this.closed = true;
      destroyer(stream, err);
    });
  }

  read(stream) {
    this.reader.read().then(
      ({ value, done }) => stream.push(done ? null : value),
      (err) => destroyer(stream, err));
  }

  // Promises or returns; the outcome does not matter to a stream that is destroyed.
  cancel(reason) {
    return this.closed ? undefined : this.reader.cancel(reason);
  }
}

function readableFromWeb(webStream, options = {}) {
  if (!isReadableStream(webStream)) {
    throw new ERR_INVALID_ARG_TYPE('readableStream', 'ReadableStream', webStream);
  }
  validateOptions(options);
  const { highWaterMark, encoding, objectMode, signal } = options;
  const source = new Source(webStream);
  const readable = new Readable({
    highWaterMark,
    encoding,
    objectMode,
    signal,
    read() {
      source.read(this);
    },
    destroy(err, callback) {
      const done = later(() => callback(err));
      Promise.resolve(source.cancel(err)).then(done, done);
    },
  });
  source.watch(readable);
  return readable;
}

// ---------------------------------------------------------------------------

class Sink {
  constructor(webStream) {
    this.writer = webStream.getWriter();
    this.closed = false;
  }

  watch(stream) {
    this.writer.closed.then(() => {
      this.closed = true;
      if (!isWritableEnded(stream)) destroyer(stream, new ERR_STREAM_PREMATURE_CLOSE());
    }, (err) => {
      this.closed = true;
      destroyer(stream, err);
    });
  }

  write(chunk, callback) {
    const done = later(callback);
    this.writer.ready
      .then(() => this.writer.write(chunk))
      .then(() => done(), done);
  }

  writev(entries, callback) {
    const done = later(callback);
    this.writer.ready
      .then(() => Promise.all(entries.map(({ chunk }) => this.writer.write(chunk))))
      .then(() => done(), done);
  }

  close(callback) {
    const done = later(callback);
    if (this.closed) done();
    else this.writer.close().then(() => done(), done);
  }

  abort(reason) {
    if (this.closed) return undefined;
    return reason ? this.writer.abort(reason) : this.writer.close();
  }
}

function writableFromWeb(webStream, options = {}) {
  if (!isWritableStream(webStream)) {
    throw new ERR_INVALID_ARG_TYPE('writableStream', 'WritableStream', webStream);
  }
  validateOptions(options);
  const { highWaterMark, decodeStrings, objectMode, signal } = options;
  const sink = new Sink(webStream);
  const writable = new Writable({
    highWaterMark,
    decodeStrings,
    objectMode,
    signal,
    write: (chunk, encoding, callback) => sink.write(chunk, callback),
    writev: (entries, callback) => sink.writev(entries, callback),
    final: (callback) => sink.close(callback),
    destroy(err, callback) {
      const done = later(() => callback(err));
      Promise.resolve(sink.abort(err)).then(done, done);
    },
  });
  sink.watch(writable);
  return writable;
}

// ---------------------------------------------------------------------------

function duplexFromWeb(pair, options = {}) {
  validateObject(pair, 'pair');
  const { readable, writable } = pair;
  if (!isReadableStream(readable)) {
    throw new ERR_INVALID_ARG_TYPE('pair.readable', 'ReadableStream', readable);
  }
  if (!isWritableStream(writable)) {
    throw new ERR_INVALID_ARG_TYPE('pair.writable', 'WritableStream', writable);
  }
  validateOptions(options);
  const {
    allowHalfOpen = false, objectMode, encoding, decodeStrings, highWaterMark, signal,
  } = options;
  const sink = new Sink(writable);
  const source = new Source(readable);
  const duplex = new Duplex({
    allowHalfOpen,
    highWaterMark,
    objectMode,
    encoding,
    decodeStrings,
    signal,
    read() {
      source.read(this);
    },
    write: (chunk, _, callback) => sink.write(chunk, callback),
    writev: (entries, callback) => sink.writev(entries, callback),
    final: (callback) => sink.close(callback),
    destroy(err, callback) {
      const done = later(() => callback(err));
      Promise.all([sink.abort(err), source.cancel(err)]).then(done, done);
    },
  });
  sink.watch(duplex);
  source.watch(duplex);
  return duplex;
}

module.exports = { duplexFromWeb, readableFromWeb, writableFromWeb };

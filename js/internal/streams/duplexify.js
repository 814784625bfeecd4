'use strict';

// Duplex.from(): whatever can give or take data, made a Duplex.

const {
  AbortError,
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_RETURN_VALUE },
} = require('internal/errors');
const { nextTick } = require('internal/process/task_queues');
const { bridge } = require('internal/streams/bridge');
const { destroyer } = require('internal/streams/destroy');
const { Duplex } = require('internal/streams/duplex');
const { from } = require('internal/streams/from');
const { wrapLegacy } = require('internal/streams/readable_wrap');
const {
  isDuplexNodeStream, isIterable, isNodeStream, isReadable, isReadableNodeStream, isReadableStream,
  isWritable, isWritableNodeStream, isWritableStream,
} = require('internal/streams/utils');
const web = require('internal/streams/from_web');

const kAccepted = [
  'Blob', 'ReadableStream', 'WritableStream', 'Stream', 'Iterable', 'AsyncIterable', 'Function',
  '{ readable, writable } pair', 'Promise',
];

function duplexify(body, name = 'body') {
  if (isDuplexNodeStream(body)) return body;
  if (isReadableNodeStream(body)) return join(body, undefined);
  if (isWritableNodeStream(body)) return join(undefined, body);
  if (isNodeStream(body)) return join(undefined, undefined);
  if (isReadableStream(body)) return join(web.readableFromWeb(body), undefined);
  if (isWritableStream(body)) return join(undefined, web.writableFromWeb(body));
  if (typeof body === 'function') return fromFunction(body, name);
  if (isBlob(body)) return fromPromise(body.arrayBuffer());
  if (isIterable(body)) return from(Duplex, body, { objectMode: true, writable: false });

  if (isReadableStream(body?.readable) && isWritableStream(body?.writable)) {
    return web.duplexFromWeb(body);
  }
  if (typeof body?.readable === 'object' || typeof body?.writable === 'object') {
    const { readable, writable } = body;
    return join(
      readable ? (isReadableNodeStream(readable) ? readable : duplexify(readable)) : undefined,
      writable ? (isWritableNodeStream(writable) ? writable : duplexify(writable)) : undefined);
  }
  if (typeof body?.then === 'function') return fromPromise(body);
  throw new ERR_INVALID_ARG_TYPE(name, kAccepted, body);
}

function isBlob(thing) {
  return typeof Blob === 'function' && thing instanceof Blob;
}

function join(readable, writable) {
  if (readable && typeof readable.read !== 'function') readable = wrapLegacy(readable);
  return bridge(readable, writable, {
    hasReadable: Boolean(isReadable(readable)),
    hasWritable: Boolean(isWritable(writable)),
  });
}

function fromPromise(promise) {
  const duplex = new Duplex({ objectMode: true, writable: false, read() {} });
  promise.then((value) => {
    if (value !== null && value !== undefined) duplex.push(value);
    duplex.push(null);
  }, (err) => destroyer(duplex, err));
  return duplex;
}

// An async generator function is a transform, an async function a destination.
function fromFunction(fn, name) {
  const inlet = new Inlet();
  const made = fn(inlet.chunks(), { signal: inlet.signal });
  const methods = {
    objectMode: true,
    write: (chunk, encoding, callback) => inlet.put({ chunk, done: false, callback }),
    destroy(err, callback) {
      inlet.abort();
      callback(err);
    },
  };

  // It may have been a stream's constructor.
  if (isDuplexNodeStream(made)) return made;
  if (isIterable(made)) {
    return from(Duplex, made, {
      ...methods,
      final: (callback) => inlet.put({ chunk: undefined, done: true, callback }),
    });
  }
  if (typeof made?.then === 'function') {
    const promise = made.then((value) => {
      if (value !== null && value !== undefined) {
        throw new ERR_INVALID_RETURN_VALUE('nully', name, value);
      }
    }, (err) => destroyer(duplex, err));
    const duplex = new Duplex({
      ...methods,
      readable: false,
      final: (callback) => inlet.put({
        chunk: undefined,
        done: true,
        callback: () => promise.then(
          () => nextTick(callback, null),
          (err) => nextTick(callback, err)),
      }),
    });
    return duplex;
  }
  throw new ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or AsyncFunction', name, made);
}

// Turns writes into an async iteration. A Writable writes one chunk at a time, so one place is
// enough for those that come before they are asked for.
class Inlet {
  #controller = new AbortController();
  #waiting = Promise.withResolvers();

  get signal() {
    return this.#controller.signal;
  }

  // Whoever waits for a chunk is not to wait for ever.
  abort() {
    this.#controller.abort();
    this.put({ chunk: undefined, done: false, callback() {} });
  }

  put(item) {
    this.#waiting.resolve(item);
  }

  async* chunks() {
    for (;;) {
      const { chunk, done, callback } = await this.#waiting.promise;
      this.#waiting = Promise.withResolvers();
      nextTick(callback);
      if (done) return;
      if (this.signal.aborted) throw new AbortError(undefined, { cause: this.signal.reason });
      yield chunk;
    }
  }
}

module.exports = { duplexify };

'use strict';

// pipeline(): streams, iterables, generator functions and web streams in a row, with one callback
// when all is done. When one of them fails all are destroyed.

const { addAbortListener } = require('internal/events/abort_listener');
const {
  AbortError,
  aggregateTwoErrors,
  codes: {
    ERR_INVALID_ARG_TYPE,
    ERR_INVALID_RETURN_VALUE,
    ERR_MISSING_ARGS,
    ERR_STREAM_DESTROYED,
    ERR_STREAM_PREMATURE_CLOSE,
    ERR_STREAM_UNABLE_TO_PIPE,
  },
} = require('internal/errors');
const { validateAbortSignal, validateFunction } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { destroyer } = require('internal/streams/destroy');
const { duplexify } = require('internal/streams/duplexify');
const { finished } = require('internal/streams/end_of_stream');
const { PassThrough } = require('internal/streams/passthrough');
const { Readable } = require('internal/streams/readable');
const {
  isIterable, isNodeStream, isReadable, isReadableFinished, isReadableNodeStream, isReadableStream,
  isTransformStream, isWebStream,
} = require('internal/streams/utils');

const kAnySource = ['Readable', 'Iterable', 'AsyncIterable'];
const kAnySourceOrWeb = ['Readable', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'];

class Pipeline {
  constructor(parts, callback, options) {
    this.parts = parts;
    this.callback = callback;
    this.signal = options?.signal;
    this.endsLast = options?.end !== false;
    // Aborted when all is over, for the functions in the row; made for the first of them.
    this.controller = null;
    this.abortListening = null;
    this.error = undefined;
    this.value = undefined;
    this.over = false;
    this.pending = 0;
    this.destroys = [];
    // Listeners on a last stream that somebody goes on reading.
    this.cleanUps = [];

    // One link of the row is done; the last one that is ends the pipeline.
    // In two steps, for V8 makes a function long-lived that is assigned to a property, with all that it refers to.
    const finish = (err) => this.settle(err, --this.pending === 0);
    const fail = (err) => this.settle(err, false);
    this.finish = finish;
    this.fail = fail;
  }

  settle(err, isLast) {
    if (err && (!this.error || this.error.code === 'ERR_STREAM_PREMATURE_CLOSE')) {
      this.error = err;
    }
    if (!this.error && !isLast) return;

    while (this.destroys.length > 0) this.destroys.shift()(this.error);
    this.abortListening?.[Symbol.dispose]();
    this.over = true;
    this.controller?.abort();
    if (!isLast) return;

    if (!this.error) {
      for (const cleanUp of this.cleanUps) cleanUp();
    }
    nextTick(this.callback, this.error, this.value);
  }

  innerSignal() {
    if (this.controller === null) {
      this.controller = new AbortController();
      if (this.over) this.controller.abort();
    }
    return this.controller.signal;
  }

  abort() {
    this.settle(new AbortError(undefined, { cause: this.signal?.reason }), false);
  }

  run() {
    const { parts, signal } = this;
    if (signal) this.abortListening = addAbortListener(signal, () => this.abort());

    let flow;
    for (let i = 0; i < parts.length; i++) {
      if (isNodeStream(parts[i])) this.guard(parts[i], i);
      flow = i === 0 ? this.source(parts[0]) : this.link(flow, parts[i], i);
    }
    if (signal?.aborted) nextTick(() => this.abort());
    return flow;
  }

  // Destroys the stream with the others, and hears its errors to the end.
  guard(stream, i) {
    const isLast = i === this.parts.length - 1;
    const goesOn = isLast && isReadable(stream);
    if (!isLast || this.endsLast) {
      const { destroy, stop } = destroyWith(stream, !isLast, i > 0);
      this.destroys.push(destroy);
      if (goesOn) this.cleanUps.push(stop);
    }
    const onError = (err) => {
      if (err && err.name !== 'AbortError' && err.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
        this.fail(err);
      }
    };
    stream.on('error', onError);
    if (goesOn) this.cleanUps.push(() => stream.removeListener('error', onError));
  }

  source(part) {
    if (typeof part === 'function') {
      const made = part({ signal: this.innerSignal() });
      if (!isIterable(made)) {
        throw new ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or Stream', 'source', made);
      }
      return made;
    }
    if (isIterable(part) || isReadableNodeStream(part) || isTransformStream(part)) return part;
    return duplexify(part);
  }

  // Connects what flows so far to the next part, and says what flows out of that.
  link(flow, part, i) {
    if (typeof part === 'function') return this.linkFunction(flow, part, i);

    const isLast = i === this.parts.length - 1;
    const end = !isLast || this.endsLast;
    if (isNodeStream(part)) {
      if (part.closed || part.destroyed) throw new ERR_STREAM_UNABLE_TO_PIPE();
      if (isReadableNodeStream(flow)) {
        this.pending += 2;
        const cleanUp = this.pipe(flow, part, end);
        if (isLast && isReadable(part)) this.cleanUps.push(cleanUp);
      } else if (isTransformStream(flow) || isReadableStream(flow)) {
        this.pending++;
        pumpToNode(flow.readable || flow, part, this.finish, end);
      } else if (isIterable(flow)) {
        this.pending++;
        pumpToNode(flow, part, this.finish, end);
      } else {
        throw new ERR_INVALID_ARG_TYPE('val', kAnySourceOrWeb, flow);
      }
      return part;
    }

    if (isWebStream(part)) {
      let from;
      if (isReadableNodeStream(flow)) from = asyncIterableOf(flow);
      else if (isReadableStream(flow) || isIterable(flow)) from = flow;
      else if (isTransformStream(flow)) from = flow.readable;
      else throw new ERR_INVALID_ARG_TYPE('val', kAnySourceOrWeb, flow);
      this.pending++;
      pumpToWeb(from, part, this.finish, end);
      return part;
    }
    return duplexify(part);
  }

  linkFunction(flow, part, i) {
    const from = asyncIterableOf(isTransformStream(flow) ? flow.readable : flow);
    const made = part(from, { signal: this.innerSignal() });
    if (i < this.parts.length - 1) {
      if (!isIterable(made, true)) {
        throw new ERR_INVALID_RETURN_VALUE('AsyncIterable', `transform[${i - 1}]`, made);
      }
      return made;
    }

    // The function is the last part. What it makes comes out of a stream, so that the caller of
    // pipeline() has a stream in any case.
    const out = new PassThrough({ objectMode: true });
    const end = this.endsLast;
    const then = made?.then;
    if (typeof then === 'function') {
      this.pending++;
      Reflect.apply(then, made, [(value) => {
        this.value = value;
        if (value !== null && value !== undefined) out.write(value);
        if (end) out.end();
        nextTick(this.finish);
      }, (err) => {
        out.destroy(err);
        nextTick(this.finish, err);
      }]);
    } else if (isIterable(made, true)) {
      this.pending++;
      pumpToNode(made, out, this.finish, end);
    } else if (isReadableStream(made) || isTransformStream(made)) {
      this.pending++;
      pumpToNode(made.readable || made, out, this.finish, end);
    } else {
      throw new ERR_INVALID_RETURN_VALUE('AsyncIterable or Promise', 'destination', made);
    }
    const { destroy, stop } = destroyWith(out, false, true);
    this.destroys.push(destroy);
    this.cleanUps.push(stop);
    return out;
  }

  pipe(source, dest, end) {
    let ended = false;
    dest.on('close', () => {
      if (!ended) this.fail(new ERR_STREAM_PREMATURE_CLOSE());
    });
    // Not ended by pipe(), which would not say when it did.
    source.pipe(dest, { end: false });
    if (end) {
      const endDest = () => {
        ended = true;
        dest.end();
      };
      if (isReadableFinished(source)) nextTick(endDest);
      else source.once('end', endDest);
    } else {
      this.finish();
    }

    finished(source, { readable: true, writable: false }, (err) => {
      const r = source._readableState;
      if (err?.code === 'ERR_STREAM_PREMATURE_CLOSE' && r?.ended && !r.errored && !r.errorEmitted) {
        // It closed with its last data unread, which are on their way to the destination.
        source.once('end', this.finish).once('error', this.finish);
      } else {
        this.finish(err);
      }
    });
    return finished(dest, { readable: false, writable: true }, this.finish);
  }
}

function destroyWith(stream, readable, writable) {
  let over = false;
  stream.on('close', () => {
    over = true;
  });
  const stop = finished(stream, { readable, writable }, (err) => {
    over = !err;
  });
  return {
    destroy(err) {
      if (over) return;
      over = true;
      destroyer(stream, err || new ERR_STREAM_DESTROYED('pipe'));
    },
    stop,
  };
}

function asyncIterableOf(flow) {
  if (isIterable(flow)) return flow;
  // Streams of other makes may be readable without being iterable.
  if (isReadableNodeStream(flow)) {
    return {
      [Symbol.asyncIterator]: () => Readable.prototype[Symbol.asyncIterator].call(flow),
    };
  }
  throw new ERR_INVALID_ARG_TYPE('val', kAnySource, flow);
}

async function pumpToNode(iterable, writable, finish, end) {
  let error;
  let waiting = null;

  const wake = (err) => {
    if (err) error = err;
    if (waiting === null) return;
    const { resolve, reject } = waiting;
    waiting = null;
    if (error) reject(error);
    else resolve();
  };
  const drained = () => new Promise((resolve, reject) => {
    if (error) reject(error);
    else waiting = { resolve, reject };
  });

  writable.on('drain', wake);
  const stop = finished(writable, { readable: false }, wake);
  try {
    if (writable.writableNeedDrain) await drained();
    for await (const chunk of iterable) {
      if (!writable.write(chunk)) await drained();
    }
    if (end) {
      writable.end();
      await drained();
    }
    finish();
  } catch (err) {
    finish(error === err ? err : aggregateTwoErrors(error, err));
  } finally {
    stop();
    writable.off('drain', wake);
  }
}

async function pumpToWeb(iterable, stream, finish, end) {
  const writer = (isTransformStream(stream) ? stream.writable : stream).getWriter();
  try {
    for await (const chunk of iterable) {
      await writer.ready;
      // Its failure comes out of `ready` or close().
      writer.write(chunk).catch(() => {});
    }
    await writer.ready;
    if (end) await writer.close();
    finish();
  } catch (err) {
    try {
      await writer.abort(err);
      finish(err);
    } catch (abortError) {
      finish(abortError);
    }
  }
}

function runPipeline(parts, callback, options) {
  if (parts.length === 1 && Array.isArray(parts[0])) parts = parts[0];
  if (parts.length < 2) throw new ERR_MISSING_ARGS('streams');
  validateAbortSignal(options?.signal, 'options.signal');
  return new Pipeline(parts, callback, options).run();
}

function pipeline(...parts) {
  const callback = parts.pop();
  validateFunction(callback, 'streams[stream.length - 1]');
  let called = false;
  return runPipeline(parts, (err, value) => {
    if (called) return;
    called = true;
    callback(err, value);
  });
}

// The promise form: the last argument may be `{ signal, end }`.
function pipelinePromise(...parts) {
  return new Promise((resolve, reject) => {
    let signal;
    let end;
    const last = parts.at(-1);
    if (last && typeof last === 'object' && !isNodeStream(last) && !isIterable(last) &&
        !isWebStream(last)) {
      ({ signal, end } = parts.pop());
    }
    runPipeline(parts, (err, value) => {
      if (err) reject(err);
      else resolve(value);
    }, { signal, end });
  });
}

module.exports = { pipeline, pipelinePromise, runPipeline };

'use strict';

// The public 'stream' module: the classes with their static functions, and the functions over
// streams. Each of them lives in internal/streams/.

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR },
} = require('internal/errors');
const { addAbortSignal } = require('internal/streams/add_abort_signal');
const { disposeReadable, disposeWritable } = require('internal/streams/async_dispose');
const { asBuffer, isArrayBufferView, isUint8Array } = require('internal/streams/bytes');
const { compose } = require('internal/streams/compose');
const { destroyer } = require('internal/streams/destroy');
const { Duplex } = require('internal/streams/duplex');
const { duplexPair } = require('internal/streams/duplexpair');
const { duplexify } = require('internal/streams/duplexify');
const { finished } = require('internal/streams/end_of_stream');
const { from } = require('internal/streams/from');
const { duplexFromWeb, readableFromWeb, writableFromWeb } = require('internal/streams/from_web');
const { Stream } = require('internal/streams/legacy');
const { promiseReturning, streamReturning } = require('internal/streams/operators');
const { PassThrough } = require('internal/streams/passthrough');
const { pipeline } = require('internal/streams/pipeline');
const { Readable } = require('internal/streams/readable');
const { asyncIterator, iterator } = require('internal/streams/readable_iterator');
const { wrap, wrapLegacy } = require('internal/streams/readable_wrap');
const { getDefaultHighWaterMark, setDefaultHighWaterMark } = require('internal/streams/state');
const { duplexToWeb, readableToWeb, writableToWeb } = require('internal/streams/to_web');
const { Transform } = require('internal/streams/transform');
const { isDestroyed, isDisturbed, isErrored, isReadable, isWritable } =
  require('internal/streams/utils');
const { Writable } = require('internal/streams/writable');
const promises = require('stream/promises');

// What util.promisify() looks for.
const kPromisify = Symbol.for('nodejs.util.promisify.custom');

// ---------------------------------------------------------------------------
// Methods that need more than their class

Readable.prototype.wrap = wrap;
Readable.prototype.iterator = iterator;

function defineHidden(target, key, value) {
  Object.defineProperty(target, key, {
    __proto__: null, value, enumerable: false, configurable: true, writable: true,
  });
}

defineHidden(Readable.prototype, Symbol.asyncIterator, asyncIterator);
defineHidden(Readable.prototype, Symbol.asyncDispose, disposeReadable);
defineHidden(Writable.prototype, Symbol.asyncDispose, disposeWritable);

// An operator is a method and nothing else; `make` turns its result into what the user gets.
function defineOperator(name, operator, make) {
  const method = function(...args) {
    if (new.target) throw new ERR_ILLEGAL_CONSTRUCTOR();
    return make(Reflect.apply(operator, this, args));
  };
  Object.defineProperty(method, 'name', { __proto__: null, value: operator.name });
  Object.defineProperty(method, 'length', { __proto__: null, value: operator.length });
  defineHidden(Readable.prototype, name, method);
}

for (const [name, operator] of Object.entries(streamReturning)) {
  defineOperator(name, operator, (result) => Readable.from(result));
}
for (const [name, operator] of Object.entries(promiseReturning)) {
  defineOperator(name, operator, (result) => result);
}
// Its result is a stream already, one that can be written to.
defineOperator('compose', streamReturning.compose, (result) => result);

Readable.from = (iterable, options) => from(Readable, iterable, options);
Readable.wrap = wrapLegacy;
Readable.fromWeb = readableFromWeb;
Readable.toWeb = readableToWeb;
Writable.fromWeb = writableFromWeb;
Writable.toWeb = writableToWeb;
Duplex.from = (body) => duplexify(body, 'body');
Duplex.fromWeb = duplexFromWeb;
Duplex.toWeb = duplexToWeb;

// ---------------------------------------------------------------------------
// The module is the legacy class

module.exports = Stream;

Stream.isDestroyed = isDestroyed;
Stream.isDisturbed = isDisturbed;
Stream.isErrored = isErrored;
Stream.isReadable = isReadable;
Stream.isWritable = isWritable;

Stream.Readable = Readable;
Stream.Writable = Writable;
Stream.Duplex = Duplex;
Stream.Transform = Transform;
Stream.PassThrough = PassThrough;
Stream.duplexPair = duplexPair;
Stream.pipeline = pipeline;
Stream.addAbortSignal = addAbortSignal;
Stream.finished = finished;
Stream.destroy = destroyer;
Stream.compose = compose;
Stream.setDefaultHighWaterMark = setDefaultHighWaterMark;
Stream.getDefaultHighWaterMark = getDefaultHighWaterMark;

Object.defineProperty(Stream, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return promises;
  },
});
Object.defineProperty(pipeline, kPromisify, {
  __proto__: null, enumerable: true, get: () => promises.pipeline,
});
Object.defineProperty(finished, kPromisify, {
  __proto__: null, enumerable: true, get: () => promises.finished,
});

Stream.Stream = Stream;
Stream._isArrayBufferView = isArrayBufferView;
Stream._isUint8Array = isUint8Array;
Stream._uint8ArrayToBuffer = asBuffer;

'use strict';

// What kind of stream is this, and how far along is it? Answers go by shape, never by class:
// streams of older makes, HTTP messages and web streams are asked here too. `null` means that
// the thing cannot tell. Nothing here changes a stream.

// Registered symbols: libraries put them on streams of their own.
const kIsDestroyed = Symbol.for('nodejs.stream.destroyed');
const kIsErrored = Symbol.for('nodejs.stream.errored');
const kIsReadable = Symbol.for('nodejs.stream.readable');
const kIsWritable = Symbol.for('nodejs.stream.writable');
const kIsDisturbed = Symbol.for('nodejs.stream.disturbed');
const kIsClosedPromise = Symbol.for('nodejs.webstream.isClosedPromise');
const kControllerErrorFunction = Symbol.for('nodejs.webstream.controllerErrorFunction');

function has(object, method) {
  return typeof object[method] === 'function';
}

// ---------------------------------------------------------------------------
// Kinds

function isReadableNodeStream(thing, strict = false) {
  if (!thing || !has(thing, 'pipe') || !has(thing, 'on')) return false;
  if (strict && !(has(thing, 'pause') && has(thing, 'resume'))) return false;
  // A Writable has a pipe() too, one that only complains.
  if (!thing._writableState) return true;
  const r = thing._readableState;
  return Boolean(r) && r.readable !== false;
}

function isWritableNodeStream(thing) {
  if (!thing || !has(thing, 'write') || !has(thing, 'on')) return false;
  return !thing._readableState || thing._writableState?.writable !== false;
}

function isDuplexNodeStream(thing) {
  return Boolean(thing && has(thing, 'pipe') && thing._readableState &&
    has(thing, 'on') && has(thing, 'write'));
}

function isNodeStream(thing) {
  if (!thing) return false;
  if (thing._readableState || thing._writableState) return true;
  return has(thing, 'on') && (has(thing, 'write') || has(thing, 'pipe'));
}

function isReadableStream(thing) {
  return Boolean(thing) && !isNodeStream(thing) &&
    has(thing, 'pipeThrough') && has(thing, 'getReader') && has(thing, 'cancel');
}

function isWritableStream(thing) {
  return Boolean(thing) && !isNodeStream(thing) && has(thing, 'getWriter') && has(thing, 'abort');
}

function isTransformStream(thing) {
  return Boolean(thing) && !isNodeStream(thing) &&
    typeof thing.readable === 'object' && typeof thing.writable === 'object';
}

function isWebStream(thing) {
  return isReadableStream(thing) || isWritableStream(thing) || isTransformStream(thing);
}

// `isAsync`: true for async iterables only, false for sync ones only, undefined for either.
function isIterable(thing, isAsync) {
  if (thing === null || thing === undefined) return false;
  if (isAsync === true) return has(thing, Symbol.asyncIterator);
  if (isAsync === false) return has(thing, Symbol.iterator);
  return has(thing, Symbol.asyncIterator) || has(thing, Symbol.iterator);
}

function isRequest(thing) {
  return Boolean(thing) && has(thing, 'setHeader') && has(thing, 'abort');
}

function isOutgoingMessage(thing) {
  return typeof thing._closed === 'boolean' &&
    typeof thing._defaultKeepAlive === 'boolean' &&
    typeof thing._removedConnection === 'boolean' &&
    typeof thing._removedContLen === 'boolean';
}

function isServerResponse(thing) {
  return typeof thing._sent100 === 'boolean' && isOutgoingMessage(thing);
}

function isServerRequest(thing) {
  return typeof thing._consuming === 'boolean' && typeof thing._dumped === 'boolean' &&
    thing.req?.upgradeOrConnect === undefined;
}

// ---------------------------------------------------------------------------
// How far along

function isDestroyed(stream) {
  if (!isNodeStream(stream)) return null;
  if (stream.destroyed || stream[kIsDestroyed]) return true;
  return Boolean((stream._writableState || stream._readableState)?.destroyed);
}

function isWritableEnded(stream) {
  if (!isWritableNodeStream(stream)) return null;
  if (stream.writableEnded === true) return true;
  const w = stream._writableState;
  if (w?.errored) return false;
  return typeof w?.ended === 'boolean' ? w.ended : null;
}

// Not strict: it is enough that nothing is left to write.
function isWritableFinished(stream, strict) {
  if (!isWritableNodeStream(stream)) return null;
  if (stream.writableFinished === true) return true;
  const w = stream._writableState;
  if (w?.errored) return false;
  if (typeof w?.finished !== 'boolean') return null;
  return w.finished || (strict === false && w.ended === true && w.length === 0);
}

// Not strict: it is enough that nothing is left to read.
function isReadableFinished(stream, strict) {
  if (!isReadableNodeStream(stream)) return null;
  const r = stream._readableState;
  if (r?.errored) return false;
  if (typeof r?.endEmitted !== 'boolean') return null;
  return r.endEmitted || (strict === false && r.ended === true && r.length === 0);
}

function isReadable(stream) {
  const said = stream?.[kIsReadable];
  if (said !== undefined && said !== null) return said;
  if (typeof stream?.readable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isReadableNodeStream(stream) && stream.readable && !isReadableFinished(stream);
}

function isWritable(stream) {
  const said = stream?.[kIsWritable];
  if (said !== undefined && said !== null) return said;
  if (typeof stream?.writable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isWritableNodeStream(stream) && stream.writable && !isWritableEnded(stream);
}

function isFinished(stream, options) {
  if (!isNodeStream(stream)) return null;
  if (isDestroyed(stream)) return true;
  if (options?.readable !== false && isReadable(stream)) return false;
  if (options?.writable !== false && isWritable(stream)) return false;
  return true;
}

function isReadableErrored(stream) {
  if (!isNodeStream(stream)) return null;
  return stream.readableErrored || (stream._readableState?.errored ?? null);
}

function isWritableErrored(stream) {
  if (!isNodeStream(stream)) return null;
  return stream.writableErrored || (stream._writableState?.errored ?? null);
}

function isClosed(stream) {
  if (!isNodeStream(stream)) return null;
  if (typeof stream.closed === 'boolean') return stream.closed;
  const w = stream._writableState;
  const r = stream._readableState;
  if (typeof w?.closed === 'boolean' || typeof r?.closed === 'boolean') {
    return Boolean(w?.closed || r?.closed);
  }
  return typeof stream._closed === 'boolean' && isOutgoingMessage(stream) ? stream._closed : null;
}

function willEmitClose(stream) {
  if (!isNodeStream(stream)) return null;
  const state = stream._writableState || stream._readableState;
  if (!state) return isServerResponse(stream);
  return Boolean(state.autoDestroy && state.emitClose && state.closed === false);
}

function isDisturbed(stream) {
  if (!stream) return false;
  return Boolean(stream[kIsDisturbed] ?? (stream.readableDidRead || stream.readableAborted));
}

function isErrored(stream) {
  if (!stream) return false;
  const r = stream._readableState;
  const w = stream._writableState;
  return Boolean(stream[kIsErrored] ?? stream.readableErrored ?? stream.writableErrored ??
    r?.errorEmitted ?? w?.errorEmitted ?? r?.errored ?? w?.errored);
}

module.exports = {
  isClosed,
  isDestroyed,
  isDisturbed,
  isDuplexNodeStream,
  isErrored,
  isFinished,
  isIterable,
  isNodeStream,
  isOutgoingMessage,
  isReadable,
  isReadableErrored,
  isReadableFinished,
  isReadableNodeStream,
  isReadableStream,
  isRequest,
  isServerRequest,
  isServerResponse,
  isTransformStream,
  isWebStream,
  isWritable,
  isWritableEnded,
  isWritableErrored,
  isWritableFinished,
  isWritableNodeStream,
  isWritableStream,
  kControllerErrorFunction,
  kIsClosedPromise,
  kIsDestroyed,
  kIsDisturbed,
  kIsErrored,
  kIsReadable,
  kIsWritable,
  willEmitClose,
};

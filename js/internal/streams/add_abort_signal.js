'use strict';

// addAbortSignal(): an AbortSignal that destroys a stream, for as long as the stream lives.

const { addAbortListener } = require('internal/events/abort_listener');
const {
  AbortError,
  codes: { ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');
const { finished } = require('internal/streams/end_of_stream');
const { isNodeStream, isWebStream, kControllerErrorFunction } = require('internal/streams/utils');

function addAbortSignal(signal, stream) {
  validateAbortSignal(signal, 'signal');
  if (!isNodeStream(stream) && !isWebStream(stream)) {
    throw new ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
  return addAbortSignalUnchecked(signal, stream);
}

// For a stream whose constructor is still running, which does not look like one yet.
function addAbortSignalUnchecked(signal, stream) {
  if (typeof signal !== 'object' || !('aborted' in signal)) return stream;
  const onAbort = () => {
    const err = new AbortError(undefined, { cause: signal.reason });
    if (isWebStream(stream)) stream[kControllerErrorFunction](err);
    else stream.destroy(err);
  };
  if (signal.aborted) {
    onAbort();
  } else {
    const listening = addAbortListener(signal, onAbort);
    finished(stream, listening[Symbol.dispose]);
  }
  return stream;
}

module.exports = { addAbortSignal, addAbortSignalUnchecked };

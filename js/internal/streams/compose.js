'use strict';

// compose(): a row of streams that looks like one Duplex, written at its head and read at its end.

const {
  codes: { ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS },
} = require('internal/errors');
const { Bridge } = require('internal/streams/bridge');
const { duplexify } = require('internal/streams/duplexify');
const { finished } = require('internal/streams/end_of_stream');
const { pipeline } = require('internal/streams/pipeline');
const {
  isNodeStream, isReadable, isReadableStream, isTransformStream, isWebStream, isWritable,
  isWritableStream,
} = require('internal/streams/utils');

function canBeRead(stream) {
  return Boolean(isReadable(stream) || isReadableStream(stream) || isTransformStream(stream));
}

function canBeWritten(stream) {
  return Boolean(isWritable(stream) || isWritableStream(stream) || isTransformStream(stream));
}

function checkPlace(stream, i, count) {
  if (!isNodeStream(stream) && !isWebStream(stream)) return;
  if (i < count - 1 && !canBeRead(stream)) {
    throw new ERR_INVALID_ARG_VALUE(`streams[${i}]`, stream, 'must be readable');
  }
  if (i > 0 && !canBeWritten(stream)) {
    throw new ERR_INVALID_ARG_VALUE(`streams[${i}]`, stream, 'must be writable');
  }
}

function compose(...given) {
  if (given.length === 0) throw new ERR_MISSING_ARGS('streams');
  if (given.length === 1) return duplexify(given[0]);

  const streams = given.slice();
  for (const i of [0, streams.length - 1]) {
    if (typeof streams[i] === 'function') streams[i] = duplexify(streams[i]);
  }
  streams.forEach((stream, i) => checkPlace(stream, i, streams.length));

  const head = streams[0];
  let duplex;
  const tail = pipeline(streams, (err) => {
    duplex.over(err);
    if (!err && !readable && !writable) duplex.destroy();
  });
  const writable = canBeWritten(head);
  const readable = canBeRead(tail);
  duplex = new Bridge({
    readableObjectMode: Boolean(tail?.readableObjectMode),
    writableObjectMode: Boolean(head?.writableObjectMode),
    readable,
    writable,
  });
  if (isNodeStream(tail)) duplex.own(tail);

  if (writable) {
    if (isNodeStream(head)) duplex.writeTo(head);
    else duplex.writeToWeb(isTransformStream(head) ? head.writable : head);
    finished(isTransformStream(tail) ? tail.readable : tail, () => duplex.sinkFinished());
  }
  if (readable) {
    if (isNodeStream(tail)) duplex.readFrom(tail);
    else duplex.readFromWeb(isTransformStream(tail) ? tail.readable : tail);
  }
  return duplex;
}

module.exports = { compose };

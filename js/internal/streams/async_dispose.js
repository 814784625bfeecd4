'use strict';

// `await using stream = ...`: a stream that is destroyed, and closed, when its scope ends.

const { AbortError } = require('internal/errors');
const { finished } = require('internal/streams/end_of_stream');

// `isOver`: whether the stream has done all that it was for, so that its end is no abort.
function disposeOf(stream, isOver) {
  let error;
  if (!stream.destroyed) {
    error = isOver ? null : new AbortError();
    stream.destroy(error);
  }
  return new Promise((resolve, reject) => {
    finished(stream, (err) => {
      if (err && err !== error) reject(err);
      else resolve(null);
    });
  });
}

function disposeReadable() {
  return disposeOf(this, this.readableEnded);
}

function disposeWritable() {
  return disposeOf(this, this.writableFinished);
}

module.exports = { disposeReadable, disposeWritable };

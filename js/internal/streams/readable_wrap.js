'use strict';

// A Readable over a stream of the oldest kind, which emits 'data' and 'end' whether or not
// anybody is ready, and may know pause() and resume().

const { destroyer, errorOrDestroy } = require('internal/streams/destroy');
const { Readable } = require('internal/streams/readable');

// Makes `readable` read from `source`.
function feedFrom(readable, source) {
  let paused = false;

  source.on('data', (chunk) => {
    if (!readable.push(chunk) && source.pause) {
      paused = true;
      source.pause();
    }
  });
  source.on('end', () => readable.push(null));
  source.on('error', (err) => errorOrDestroy(readable, err));
  source.on('close', () => readable.destroy());
  source.on('destroy', () => readable.destroy());

  readable._read = () => {
    if (paused && source.resume) {
      paused = false;
      source.resume();
    }
  };

  // Whatever else the source can do is still to be had.
  for (const name of Object.keys(source)) {
    if (readable[name] === undefined && typeof source[name] === 'function') {
      readable[name] = source[name].bind(source);
    }
  }
  return readable;
}

// readable.wrap()
function wrap(source) {
  return feedFrom(this, source);
}

// Readable.wrap()
function wrapLegacy(source, options) {
  return feedFrom(new Readable({
    objectMode: source.readableObjectMode ?? source.objectMode ?? true,
    ...options,
    destroy(err, callback) {
      destroyer(source, err);
      callback(err);
    },
  }), source);
}

module.exports = { wrap, wrapLegacy };

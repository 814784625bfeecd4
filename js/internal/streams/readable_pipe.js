'use strict';

// readable.pipe() and unpipe(): moving chunks into a Writable, stopping while it is full, and
// taking every listener away again. Errors are not forwarded: that is pipeline()'s business.

const { nextTick } = require('internal/process/task_queues');
const { errorOrDestroy } = require('internal/streams/destroy');
const { prependListener } = require('internal/streams/legacy');

// On the 'data' listener that pipe() makes: where the chunks go.
const kDestination = Symbol('kDestination');

function pipe(dest, options) {
  const source = this;
  const state = source._readableState;

  if (state.pipes.length === 1 && !state.multiAwaitDrain) {
    state.multiAwaitDrain = true;
    state.awaitDrainWriters = new Set(state.awaitDrainWriters ? [state.awaitDrainWriters] : []);
  }
  state.pipes.push(dest);

  // The process's own output stays open, as others write to it too.
  const endsDest = options?.end !== false && !dest._isStdio;
  const onSourceEnd = endsDest ? () => dest.end() : () => source.unpipe(dest);
  if (state.endEmitted) nextTick(onSourceEnd);
  else source.once('end', onSourceEnd);

  let onDrain;
  let cleanedUp = false;

  function onData(chunk) {
    let more;
    try {
      more = dest.write(chunk);
    } catch (err) {
      dest.destroy(err);
      return;
    }
    if (more === false) waitForDrain();
  }

  function waitForDrain() {
    // dest.write() may have unpiped or closed the destination.
    if (!cleanedUp) {
      if (state.pipes.length === 1 && state.pipes[0] === dest) {
        state.awaitDrainWriters = dest;
        state.multiAwaitDrain = false;
      } else if (state.pipes.length > 1 && state.pipes.includes(dest)) {
        state.awaitDrainWriters.add(dest);
      }
      source.pause();
    }
    if (onDrain === undefined) {
      onDrain = () => drained(source, dest);
      dest.on('drain', onDrain);
    }
  }

  function onError(err) {
    source.unpipe(dest);
    dest.removeListener('error', onError);
    if (dest.listenerCount('error') > 0) return;
    const destState = dest._writableState || dest._readableState;
    if (destState && !destState.errorEmitted) errorOrDestroy(dest, err);
    else dest.emit('error', err);
  }

  function onClose() {
    dest.removeListener('finish', onFinish);
    source.unpipe(dest);
  }

  function onFinish() {
    dest.removeListener('close', onClose);
    source.unpipe(dest);
  }

  function onUnpipe(from, info) {
    if (from === source && info?.hasUnpiped === false) {
      info.hasUnpiped = true;
      cleanUp();
    }
  }

  function cleanUp() {
    cleanedUp = true;
    dest.removeListener('close', onClose);
    dest.removeListener('finish', onFinish);
    if (onDrain !== undefined) dest.removeListener('drain', onDrain);
    dest.removeListener('error', onError);
    dest.removeListener('unpipe', onUnpipe);
    source.removeListener('end', onSourceEnd);
    source.removeListener('data', onData);

    // The drain that the source waits for would no longer be heard.
    if (onDrain !== undefined && state.awaitDrainWriters &&
        (!dest._writableState || dest._writableState.needDrain)) {
      onDrain();
    }
  }

  onData[kDestination] = dest;
  dest.on('unpipe', onUnpipe);
  source.on('data', onData);
  // First of all, so that a listener that was there before finds the pipe undone.
  prependListener(dest, 'error', onError);
  dest.once('close', onClose);
  dest.once('finish', onFinish);

  dest.emit('pipe', source);

  if (dest.writableNeedDrain === true) waitForDrain();
  else if (!state.flowing) source.resume();
  return dest;
}

function drained(source, dest) {
  const state = source._readableState;
  if (state.awaitDrainWriters === dest) {
    state.awaitDrainWriters = null;
  } else if (state.multiAwaitDrain) {
    state.awaitDrainWriters.delete(dest);
  }
  if ((!state.awaitDrainWriters || state.awaitDrainWriters.size === 0) &&
      source.listenerCount('data') > 0) {
    source.resume();
  }
}

function unpipe(dest) {
  const state = this._readableState;
  const { pipes } = state;
  if (pipes.length === 0) return this;

  if (!dest) {
    state.pipes = [];
    this.pause();
    for (let i = 0; i < pipes.length; i++) pipes[i].emit('unpipe', this, { hasUnpiped: false });
    return this;
  }

  const at = pipes.indexOf(dest);
  if (at === -1) return this;
  pipes.splice(at, 1);
  if (pipes.length === 0) this.pause();
  dest.emit('unpipe', this, { hasUnpiped: false });
  return this;
}

module.exports = { kDestination, pipe, unpipe };

'use strict';

// Two streams out of one: tee(), for chunks of any kind and for bytes.

const { deferred, nop, resolved, upon } = require('internal/webstreams/promises');
const { makeReadable, makeReadableBytes, readableStateOf } = require('internal/webstreams/readable');
const { ReaderState } = require('internal/webstreams/readable_state');

// The two branches' cancellations, which become the source's when both are there.
class Cancellation {
  done = deferred();
  #source;
  #reasons = [undefined, undefined];
  canceled = [false, false];

  constructor(source) {
    this.#source = source;
  }

  cancel(branch, reason) {
    this.canceled[branch] = true;
    this.#reasons[branch] = reason;
    if (this.canceled[1 - branch]) this.done.resolve(this.#source.cancel([...this.#reasons]));
    return this.done.promise;
  }

  // There is nothing left to cancel.
  settle() {
    if (!this.canceled[0] || !this.canceled[1]) this.done.resolve();
  }
}

function teeChunks(source, clone = undefined) {
  const reader = new ReaderState(source, false);
  const cancellation = new Cancellation(source);
  const { canceled } = cancellation;
  const controllers = [];
  let reading = false;
  let readAgain = false;

  function pull() {
    if (reading) {
      readAgain = true;
      return resolved();
    }
    reading = true;
    reader.read({
      chunk: (chunk) => upon(resolved(), () => {
        readAgain = false;
        let second = chunk;
        if (!canceled[1] && clone !== undefined) {
          try {
            second = clone(chunk);
          } catch (error) {
            for (const controller of controllers) controller.error(error);
            cancellation.done.resolve(source.cancel(error));
            return;
          }
        }
        if (!canceled[0]) controllers[0].enqueue(chunk);
        if (!canceled[1]) controllers[1].enqueue(second);
        reading = false;
        if (readAgain) pull();
      }),
      close: () => {
        reading = false;
        if (!canceled[0]) controllers[0].close();
        if (!canceled[1]) controllers[1].close();
        cancellation.settle();
      },
      error: () => {
        reading = false;
      },
    });
    return resolved();
  }

  const branches = [0, 1].map((branch) => makeReadable({
    pull,
    cancel: (reason) => cancellation.cancel(branch, reason),
  }));
  for (const branch of branches) controllers.push(readableStateOf(branch).controller);
  upon(reader.closed.promise, nop, (error) => {
    for (const controller of controllers) controller.error(error);
    cancellation.settle();
  });
  return branches;
}

class ByteTee {
  #source;
  #reader;
  #cancellation;
  #controllers = [];
  #reading = false;
  #readAgain = [false, false];

  constructor(source) {
    this.#source = source;
    this.#reader = new ReaderState(source, false);
    this.#cancellation = new Cancellation(source);
  }

  branches() {
    const branches = [0, 1].map((branch) => makeReadableBytes({
      pull: () => this.#pull(branch),
      cancel: (reason) => this.#cancellation.cancel(branch, reason),
    }));
    this.#controllers = branches.map((branch) => readableStateOf(branch).controller);
    this.#forwardErrors(this.#reader);
    return branches;
  }

  #forwardErrors(reader) {
    upon(reader.closed.promise, nop, (error) => {
      // A reader that has been replaced tells of its release.
      if (reader !== this.#reader) return;
      for (const controller of this.#controllers) controller.error(error);
      this.#cancellation.settle();
    });
  }

  // Reads by the kind of reader that the branch's own reader asks for.
  #useReader(isByob) {
    if (this.#reader.isByob === isByob) return;
    this.#reader.release();
    this.#reader = new ReaderState(this.#source, isByob);
    this.#forwardErrors(this.#reader);
  }

  #pull(branch) {
    if (this.#reading) {
      this.#readAgain[branch] = true;
      return resolved();
    }
    this.#reading = true;
    const request = this.#controllers[branch].getRequest();
    if (request === null) this.#pullChunk();
    else this.#pullInto(request.view, branch);
    return resolved();
  }

  #afterRead() {
    this.#reading = false;
    if (this.#readAgain[0]) this.#pull(0);
    else if (this.#readAgain[1]) this.#pull(1);
  }

  #copy(chunk) {
    try {
      return new Uint8Array(chunk.buffer.slice(chunk.byteOffset, chunk.byteOffset + chunk.byteLength));
    } catch (error) {
      for (const controller of this.#controllers) controller.error(error);
      this.#cancellation.done.resolve(this.#source.cancel(error));
      return undefined;
    }
  }

  #pullChunk() {
    this.#useReader(false);
    const { canceled } = this.#cancellation;
    const controllers = this.#controllers;
    this.#reader.read({
      chunk: (chunk) => upon(resolved(), () => {
        this.#readAgain = [false, false];
        let second = chunk;
        if (!canceled[0] && !canceled[1]) {
          second = this.#copy(chunk);
          if (second === undefined) return;
        }
        if (!canceled[0]) controllers[0].enqueue(chunk);
        if (!canceled[1]) controllers[1].enqueue(second);
        this.#afterRead();
      }),
      close: () => {
        this.#reading = false;
        for (const branch of [0, 1]) if (!canceled[branch]) controllers[branch].close();
        for (const controller of controllers) if (controller.pending.length !== 0) controller.respond(0);
        this.#cancellation.settle();
      },
      error: () => {
        this.#reading = false;
      },
    });
  }

  #pullInto(view, branch) {
    this.#useReader(true);
    const { canceled } = this.#cancellation;
    const mine = this.#controllers[branch];
    const other = this.#controllers[1 - branch];
    this.#reader.readInto(view, 1, {
      chunk: (chunk) => upon(resolved(), () => {
        this.#readAgain = [false, false];
        if (canceled[1 - branch]) {
          if (!canceled[branch]) mine.respondWithNewView(chunk);
        } else {
          const copy = this.#copy(chunk);
          if (copy === undefined) return;
          if (!canceled[branch]) mine.respondWithNewView(chunk);
          other.enqueue(copy);
        }
        this.#afterRead();
      }),
      close: (chunk) => {
        this.#reading = false;
        if (!canceled[branch]) mine.close();
        if (!canceled[1 - branch]) other.close();
        if (chunk !== undefined) {
          if (!canceled[branch]) mine.respondWithNewView(chunk);
          if (!canceled[1 - branch] && other.pending.length !== 0) other.respond(0);
        }
        this.#cancellation.settle();
      },
      error: () => {
        this.#reading = false;
      },
    });
  }
}

function teeBytes(source) {
  return new ByteTee(source).branches();
}

module.exports = { teeBytes, teeChunks };

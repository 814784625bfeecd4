'use strict';

// Promises as the standard handles them: by the intrinsics, whatever a program
// has put in their place.

const { resolve, reject, withResolvers } = Promise;
const { then } = Promise.prototype;

function nop() {}

// { promise, resolve, reject }
function deferred() {
  return Reflect.apply(withResolvers, Promise, []);
}

function resolved(value) {
  return Reflect.apply(resolve, Promise, [value]);
}

// Never `value` itself, even where that is a promise: what waits for it has to wait as long as the standard says.
function resolvedAnew(value) {
  if (value === undefined) return resolved();
  const { promise, resolve: settle } = deferred();
  settle(value);
  return promise;
}

function rejected(reason) {
  return Reflect.apply(reject, Promise, [reason]);
}

function upon(promise, onFulfilled, onRejected) {
  return Reflect.apply(then, promise, [onFulfilled, onRejected]);
}

// Its rejection is nobody's concern.
function markHandled(promise) {
  Reflect.apply(then, promise, [undefined, nop]);
}

function rejectedHandled(reason) {
  const promise = rejected(reason);
  markHandled(promise);
  return promise;
}

// A deferred that has come out already, for what is looked at later or never.
function settledDeferred(promise) {
  return { promise, resolve: nop, reject: nop };
}

// The outcome of one of a program's functions, as a promise.
function callAsPromise(fn, receiver, ...args) {
  try {
    return resolved(Reflect.apply(fn, receiver, args));
  } catch (error) {
    return rejected(error);
  }
}

// The same for calls that come once in a stream's life, where the order of what several of them settle shows.
function callAsNewPromise(fn, receiver, ...args) {
  try {
    return resolvedAnew(Reflect.apply(fn, receiver, args));
  } catch (error) {
    return rejected(error);
  }
}

module.exports = {
  callAsNewPromise, callAsPromise, deferred, markHandled, nop, rejected, rejectedHandled, resolved, resolvedAnew, settledDeferred, upon,
};

'use strict';

// The second argument of postMessage(): a list of what is to move, or options
// with one.

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

// Thrown by native code in Node, which words it so.
function iterableError(name) {
  const error = new TypeError(`Optional ${name} argument must be an iterable`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

// The items of an iterable, or undefined where it is none.
function itemsOf(value) {
  if (!isObject(value)) return undefined;
  const method = value[Symbol.iterator];
  if (typeof method !== 'function') return undefined;
  const iterator = Reflect.apply(method, value, []);
  const next = isObject(iterator) ? iterator.next : undefined;
  if (typeof next !== 'function') return undefined;
  const items = [];
  for (;;) {
    const step = Reflect.apply(next, iterator, []);
    if (!isObject(step)) return undefined;
    if (step.done) return items;
    items.push(step.value);
  }
}

function readTransferList(given) {
  if (given === undefined || given === null) return undefined;
  if (!isObject(given)) throw iterableError('transferList');
  const items = itemsOf(given);
  if (items !== undefined) return items;
  const { transfer } = given;
  if (transfer === undefined) return undefined;
  const named = itemsOf(transfer);
  if (named === undefined) throw iterableError('options.transfer');
  return named;
}

module.exports = { readTransferList };

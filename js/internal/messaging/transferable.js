'use strict';

// How a class of ours says what becomes of its objects in a message, and the
// marks by which a program forbids it.
//
// - Copied: a method under core.hostObjectBrand returns a record { type, ... }.
// - Moved: a method under kTransfer returns such a record, and the object is of
//   no use from then on. These have the brand too, to be noticed where they are
//   not in the list of what is to move.
//
// core.registerCloneableResource(type, make) says how a record becomes an object.
// Records stay in the process: they may hold anything.

const { isMarkedAsUntransferable, markAsUntransferable } = require('internal/buffer/untransferable');
const { DOMException } = require('internal/domexception');

const kTransfer = Symbol('messaging_transfer_symbol');

// A method that throws where the object cannot move as it is now.
const kCheckTransfer = Symbol('kCheckTransfer');

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function markAsUncloneable(value) {
  if (isObject(value)) ops.op_os_v8_mark_uncloneable(value);
}

// The answer of a transferable object to being copied.
function refuseToBeCopied() {
  throw new DOMException(
    'Object that needs transfer was found in message but not listed in transferList', 'DataCloneError');
}

function defineTransferable(prototype, transfer) {
  Object.defineProperty(prototype, core.hostObjectBrand, {
    __proto__: null, configurable: true, value: refuseToBeCopied,
  });
  Object.defineProperty(prototype, kTransfer, { __proto__: null, configurable: true, writable: true, value: transfer });
}

module.exports = {
  defineTransferable,
  isMarkedAsUntransferable,
  kCheckTransfer,
  kTransfer,
  markAsUncloneable,
  markAsUntransferable,
};

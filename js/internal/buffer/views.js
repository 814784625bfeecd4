'use strict';
// Tells array buffers and their views apart, across realms and without trusting `instanceof`. Pure
// JavaScript where V8 inlines the check; it owns no state.

const typedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
const { get: tagGetter } = Object.getOwnPropertyDescriptor(typedArrayPrototype, Symbol.toStringTag);
const typedArrayTag = Function.prototype.call.bind(tagGetter);

// V8 inlines the %TypedArray%.prototype[@@toStringTag] getter, so this costs a map check.
function isUint8Array(value) {
  return typedArrayTag(value) === 'Uint8Array';
}

function isTypedArray(value) {
  return typedArrayTag(value) !== undefined;
}

module.exports = {
  isUint8Array,
  isTypedArray,
  isAnyArrayBuffer: core.isAnyArrayBuffer,
  isArrayBufferView: ArrayBuffer.isView,
};

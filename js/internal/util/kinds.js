'use strict';
// The kinds of value that only V8 can tell apart, as numbers: one native call instead of a row of type checks.
// The same numbers under the same names are in core/src/values.rs.

const { getPrototypeOf, prototype } = Object;

function kindOf(value) {
  // Most are plain objects. Whatever else has been given their prototype Node takes for one too.
  if (typeof value === 'object' && !core.isProxy(value) && getPrototypeOf(value) === prototype && !core.isArgumentsObject(value)) return 0;
  return ops.op_core_value_kind(value);
}

module.exports = {
  kindOf,
  kOther: 0,
  kArray: 1,
  kFunction: 2,
  kProxy: 3,
  kMap: 4,
  kSet: 5,
  kTypedArray: 6,
  kDate: 7,
  kRegExp: 8,
  kError: 9,
  kPromise: 10,
  kArrayBuffer: 11,
  kSharedArrayBuffer: 12,
  kDataView: 13,
  kArguments: 14,
  kMapIterator: 15,
  kSetIterator: 16,
  kWeakMap: 17,
  kWeakSet: 18,
  kModuleNamespace: 19,
  kNumberObject: 20,
  kStringObject: 21,
  kBooleanObject: 22,
  kBigIntObject: 23,
  kSymbolObject: 24,
  kGenerator: 25,
  kExternal: 26,
};

'use strict';

// What all classes of web streams have in common on the outside.

const {
  codes: { ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { inspect } = require('internal/util/inspect');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
// Given to a constructor by a module that may call it.
const kConstruct = Symbol('kConstruct');

// Members are enumerable, the class has a tag, and constructors show no length but that of what they need.
function defineInterface(Class) {
  const { prototype } = Class;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (name !== 'constructor') Object.defineProperty(prototype, name, { __proto__: null, enumerable: true });
  }
  for (const name of Object.getOwnPropertyNames(Class)) {
    if (typeof Class[name] === 'function') Object.defineProperty(Class, name, { __proto__: null, enumerable: true });
  }
  Object.defineProperty(prototype, Symbol.toStringTag, {
    __proto__: null, configurable: true, enumerable: false, value: Class.name, writable: false,
  });
}

function inspectAs(object, fields, depth, options) {
  if (depth < 0) return object;
  const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
  return `${object.constructor.name} ${inspect(fields, nested)}`;
}

// A dictionary argument: nothing, or anything that has properties.
function checkDictionary(value, name) {
  if (value !== undefined && value !== null && typeof value !== 'object' && typeof value !== 'function') {
    throw new ERR_INVALID_ARG_TYPE(name, 'Object', value);
  }
}

// A function of an underlying source, sink or transformer.
function methodOf(object, name, argument) {
  const method = object[name];
  if (method === undefined) return undefined;
  if (typeof method !== 'function') throw new ERR_INVALID_ARG_TYPE(`${argument}.${name}`, 'Function', method);
  return method;
}

module.exports = { checkDictionary, defineInterface, inspectAs, kConstruct, kInspect, methodOf };

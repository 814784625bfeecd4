'use strict';
// What inspect calls a value: its constructor's name (found without running user code where possible), the prefix
// made of it, and the one-line forms of functions and classes.

// Taken now: what a program puts in their place later must not be asked.
const { getOwnPropertyDescriptor, getPrototypeOf, hasOwn } = Object;
const isInstance = Function.prototype.call.bind(Function.prototype[Symbol.hasInstance]);
const functionToString = Function.prototype.call.bind(Function.prototype.toString);

// The language's own classes: their prototypes' members are nothing that a user needs to see.
const builtInNames = new Set(Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Z][a-zA-Z0-9]+$/.test(name)));

// Prototypes whose name is known without looking: quicker, and right even when `constructor` has been tampered with.
const TypedArray = getPrototypeOf(Uint8Array);
const knownPrototypes = new Map([
  Object, Array, Function, Map, Set, Promise, Error, RegExp, Date, ArrayBuffer, DataView,
].map((constructor) => [constructor.prototype, constructor]));
knownPrototypes.set(TypedArray.prototype, TypedArray);

function isInstanceOf(value, constructor) {
  try {
    return value instanceof constructor;
  } catch {
    return false;
  }
}

// An object in the middle of a prototype chain, by its kind and name only.
function inspectPrototype(ctx, prototype) {
  // That module loads this one; by now it is there.
  return require('internal/util/inspect').inspect(prototype, { ...ctx, customInspect: false, depth: -1 });
}

// The name of the class that made `value`; null for an object without prototype. `onFound(firstPrototype)` is called where
// there are prototypes of the user's own between the two.
function constructorName(value, ctx, recurseTimes, onFound) {
  let object = value;
  let first;
  while (object !== null) {
    const known = knownPrototypes.get(object);
    if (known !== undefined && isInstance(known, value)) {
      if (onFound !== undefined && first !== object && first !== undefined) onFound(first);
      return known.name;
    }
    const descriptor = getOwnPropertyDescriptor(object, 'constructor');
    if (descriptor !== undefined && typeof descriptor.value === 'function' && descriptor.value.name !== '' &&
        isInstanceOf(value, descriptor.value)) {
      if (onFound !== undefined && (first !== object || !builtInNames.has(descriptor.value.name))) {
        onFound(first ?? value);
      }
      return String(descriptor.value.name);
    }
    object = getPrototypeOf(object);
    if (first === undefined) first = object;
  }
  if (first === null) return null;

  const name = ops.op_get_constructor_name(value) ?? 'Object';
  if (ctx.depth !== null && recurseTimes > ctx.depth) return `${name} <Complex prototype>`;
  const parent = constructorName(first, ctx, recurseTimes + 1, onFound);
  if (parent === null) return `${name} <${inspectPrototype(ctx, first)}>`;
  return `${name} <${parent}>`;
}

// "Foo(2) [Bar] ", with the blank that separates it from the braces.
function prefixFor(constructor, tag, fallback, size = '') {
  if (constructor === null) {
    return tag !== '' && fallback !== tag ?
      `[${fallback}${size}: null prototype] [${tag}] ` : `[${fallback}${size}: null prototype] `;
  }
  return tag !== '' && constructor !== tag ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

const COMMENTS_AND_BLANKS = /^(?:\s|\/\/.*\n|\/\*[^]*?\*\/)+/;

// A function's text starts with the word "class" also when it is a method of that name, which goes on with its parameters.
function isClass(source) {
  if (!source.startsWith('class') || !source.endsWith('}')) return false;
  const rest = source.slice(5);
  if (rest[0] === '{') return true;
  const blanks = COMMENTS_AND_BLANKS.exec(rest);
  return blanks !== null && rest[blanks[0].length] !== '(';
}

function classBase(value, constructor, tag) {
  const name = (hasOwn(value, 'name') && value.name) || '(anonymous)';
  let base = `class ${name}`;
  if (constructor !== 'Function' && constructor !== null) base += ` [${constructor}]`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  if (constructor !== null) {
    const parent = getPrototypeOf(value).name;
    if (parent) base += ` extends ${parent}`;
  } else {
    base += ' extends [null prototype]';
  }
  return `[${base}]`;
}

function functionBase(value, constructor, tag, formatName) {
  if (isClass(functionToString(value))) return classBase(value, constructor, tag);
  let type = 'Function';
  if (core.isGeneratorFunction(value)) type = `Generator${type}`;
  if (core.isAsyncFunction(value)) type = `Async${type}`;
  let base = `[${type}`;
  if (constructor === null) base += ' (null prototype)';
  const name = value.name;
  if (name === '') base += ' (anonymous)';
  else base += `: ${typeof name === 'string' ? name : formatName(name)}`;
  base += ']';
  if (constructor !== type && constructor !== null) base += ` ${constructor}`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  return base;
}

// The value's Symbol.toStringTag where it says something; a property that is listed anyway does not count.
function toStringTagOf(value, showHidden) {
  let tag;
  try {
    tag = value[Symbol.toStringTag];
    if (typeof tag !== 'string') return '';
    if (tag !== '' && (showHidden ? hasOwn(value, Symbol.toStringTag) :
      Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag))) return '';
  } catch {
    return '';
  }
  return tag;
}

// %s prints an object by its own toString where it has one that is not the language's.
function hasBuiltInToString(value) {
  if (core.isProxy(value)) {
    const target = unwrapProxy(value);
    if (target === null) return true;
    value = target;
  }
  if (typeof value[Symbol.toPrimitive] === 'function' && !isBuiltInMember(value, Symbol.toPrimitive)) return false;
  if (typeof value.toString !== 'function') return true;
  return isBuiltInMember(value, 'toString');
}

function isBuiltInMember(value, key) {
  if (hasOwn(value, key)) return false;
  let holder = value;
  do {
    holder = getPrototypeOf(holder);
  } while (!hasOwn(holder, key));
  return isBuiltInPrototype(holder);
}

// What a proxy (of a proxy...) stands for; null if one of them is revoked.
function unwrapProxy(proxy) {
  let target = proxy;
  while (core.isProxy(target)) target = core.getProxyDetails(target)[0];
  return target;
}

// Whether `object` is the prototype of one of the language's own classes.
function isBuiltInPrototype(object) {
  const descriptor = getOwnPropertyDescriptor(object, 'constructor');
  return descriptor !== undefined && typeof descriptor.value === 'function' && builtInNames.has(descriptor.value.name);
}

module.exports = {
  constructorName,
  functionBase,
  hasBuiltInToString,
  isBuiltInPrototype,
  isInstanceOf,
  prefixFor,
  toStringTagOf,
  unwrapProxy,
};

'use strict';
// One property as inspect writes it: key, getter, value. Also which keys a value shows.

const { kArrayEntry, kObjectEntries } = require('internal/util/inspect/layout');
const { isBuiltInPrototype } = require('internal/util/inspect/names');
const { escapeText, quote, stringWidth } = require('internal/util/inspect/strings');
const value = require('internal/util/inspect/value');

const IDENTIFIER = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
const MAX_PROTOTYPES = 3;

// Taken now: what a program puts in their place later must not be asked.
const { getOwnPropertyDescriptor, getOwnPropertyNames, getOwnPropertySymbols, getPrototypeOf, hasOwn, keys: enumerableKeys } =
  Object;
const { propertyIsEnumerable } = Object.prototype;
const { apply, ownKeys: allKeys } = Reflect;

function ownKeys(object, showHidden) {
  const symbols = getOwnPropertySymbols(object);
  let keys;
  if (showHidden) {
    keys = getOwnPropertyNames(object);
    if (symbols.length !== 0) keys.push(...symbols);
    return keys;
  }
  try {
    keys = enumerableKeys(object);
  } catch {
    // A module's namespace whose bindings are not initialized yet refuses to say which are enumerable.
    keys = getOwnPropertyNames(object);
  }
  for (let i = 0; i < symbols.length; i++) {
    if (propertyIsEnumerable.call(object, symbols[i])) keys.push(symbols[i]);
  }
  return keys;
}

const ALL_PROPERTIES = 0;
const ONLY_ENUMERABLE = 2;

// Keys of an array apart from its indices.
function namedKeys(array, showHidden) {
  return ops.op_get_non_index_property_names(array, showHidden ? ALL_PROPERTIES : ONLY_ENUMERABLE);
}

function keyName(ctx, key, enumerable) {
  let name;
  let style;
  if (typeof key === 'symbol') {
    name = escapeText(Symbol.prototype.toString.call(key));
    style = 'symbol';
  } else if (key === '__proto__') {
    name = "['__proto__']";
    style = undefined;
  } else if (IDENTIFIER.test(key)) {
    name = key;
    style = 'name';
  } else {
    name = quote(key);
    style = 'string';
  }
  if (!enumerable) name = `[${name}]`;
  return style === undefined ? name : ctx.stylize(name, style);
}

function formatGetter(ctx, descriptor, holder, recurseTimes) {
  const label = descriptor.set !== undefined ? 'Getter/Setter' : 'Getter';
  const { getters, stylize } = ctx;
  if (!getters || (getters === 'get' && descriptor.set !== undefined) ||
      (getters === 'set' && descriptor.set === undefined) ||
      (getters !== true && getters !== 'get' && getters !== 'set')) {
    return stylize(`[${label}]`, 'special');
  }
  const open = stylize(`[${label}:`, 'special');
  const close = stylize(']', 'special');
  const { indentationLvl } = ctx;
  ctx.indentationLvl += 2;
  let text;
  try {
    const got = apply(descriptor.get, holder, []);
    const inside = typeof got !== 'object' || got === null;
    const shown = value.formatValue(ctx, got, recurseTimes);
    text = inside ? `${open} ${shown}${close}` : `${stylize(`[${label}]`, 'special')} ${shown}`;
  } catch (error) {
    ctx.indentationLvl = indentationLvl + 2;
    text = `${open} <Inspection threw (${value.formatValue(ctx, error, recurseTimes)})>${close}`;
  }
  ctx.indentationLvl = indentationLvl;
  return text;
}

// `holder` is the receiver for getters: the value that inherits the property, or the one that has it.
function formatProperty(ctx, object, recurseTimes, key, entriesType, descriptor, holder = object) {
  descriptor ??= getOwnPropertyDescriptor(object, key) ??
    { value: object[key], configurable: true, enumerable: true };
  let text;
  let gap = ' ';
  if (descriptor.value !== undefined) {
    const step = ctx.compact !== true || entriesType !== kObjectEntries ? 2 : 3;
    ctx.indentationLvl += step;
    text = value.formatValue(ctx, descriptor.value, recurseTimes);
    if (step === 3 && ctx.breakLength < stringWidth(text, ctx.colors)) gap = `\n${' '.repeat(ctx.indentationLvl)}`;
    ctx.indentationLvl -= step;
  } else if (descriptor.get !== undefined) {
    text = formatGetter(ctx, descriptor, holder, recurseTimes);
  } else if (descriptor.set !== undefined) {
    text = ctx.stylize('[Setter]', 'special');
  } else {
    text = ctx.stylize('undefined', 'undefined');
  }
  if (entriesType === kArrayEntry) return text;
  return `${keyName(ctx, key, descriptor.enumerable !== false)}:${gap}${text}`;
}

// Data and accessors (not methods) that `object` inherits from classes of the user's own, nearest first.
function formatInherited(ctx, object, firstPrototype, recurseTimes, output) {
  let holder = firstPrototype;
  const seen = new Set();
  for (let depth = 0; depth < MAX_PROTOTYPES; depth++) {
    if (depth !== 0 || holder === object) {
      holder = getPrototypeOf(holder);
      if (holder === null || isBuiltInPrototype(holder)) return;
    }
    const keys = allKeys(holder);
    ctx.seen.push(object);
    for (const key of keys) {
      if (key === 'constructor' || hasOwn(object, key) || seen.has(key)) continue;
      const descriptor = getOwnPropertyDescriptor(holder, key);
      if (typeof descriptor.value === 'function') continue;
      const text = formatProperty(ctx, holder, recurseTimes, key, kObjectEntries, descriptor, object);
      output.push(ctx.colors ? `\u001b[2m${text}\u001b[22m` : text);
    }
    ctx.seen.pop();
    for (const key of keys) seen.add(key);
  }
}

module.exports = { formatInherited, formatProperty, namedKeys, ownKeys };

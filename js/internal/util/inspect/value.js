'use strict';
// The heart of inspect: from any value to its text, by the value's kind. How entries, properties, names and errors are
// written is in the files beside this one; they come back here for every value inside a value.

// Set before the requires below: those files call back into this one.
exports.formatValue = formatValue;

const kinds = require('internal/util/kinds');
const { kArrayEntries, kObjectEntries, layOut } = require('internal/util/inspect/layout');
const names = require('internal/util/inspect/names');
const { formatPrimitive } = require('internal/util/inspect/primitives');
const { formatInherited, formatProperty, namedKeys, ownKeys } = require('internal/util/inspect/properties');
const containers = require('internal/util/inspect/containers');
const { formatError, isError } = require('internal/util/inspect/errors');
const { customInspect } = require('internal/util/inspect/custom');
const { stylizeNoColor } = require('internal/util/inspect/options');
const { isStackOverflowError } = require('internal/errors');

const { constructorName, prefixFor } = names;
const { kindOf } = kinds;

// Beyond this much text at one level of indentation nothing deeper is shown, lest the whole outgrow a string.
const MAX_TEXT_PER_LEVEL = 2 ** 27;

const typedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
const lengthOfTypedArray =
  Function.prototype.call.bind(Object.getOwnPropertyDescriptor(typedArrayPrototype, 'length').get);
const nameOfTypedArray =
  Function.prototype.call.bind(Object.getOwnPropertyDescriptor(typedArrayPrototype, Symbol.toStringTag).get);

function formatValue(ctx, value, recurseTimes, insideTypedArray) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    return formatPrimitive(ctx.stylize, value, ctx);
  }
  const given = value;
  let kind = kindOf(value);
  if (kind === kinds.kProxy) {
    const target = names.unwrapProxy(value);
    const revoked = ctx.showProxy ? core.getProxyDetails(value)[0] === null : target === null;
    if (revoked) return ctx.stylize('<Revoked Proxy>', 'special');
    if (ctx.showProxy) return formatProxy(ctx, core.getProxyDetails(value), recurseTimes);
    value = target;
    kind = kindOf(value);
  }
  if (ctx.customInspect) {
    const text = customInspect(ctx, value, given, recurseTimes, formatValue);
    if (text !== undefined) return text;
  }
  if (ctx.seen.includes(value)) {
    ctx.circular ??= new Map();
    let index = ctx.circular.get(value);
    if (index === undefined) {
      index = ctx.circular.size + 1;
      ctx.circular.set(value, index);
    }
    return ctx.stylize(`[Circular *${index}]`, 'special');
  }
  return formatObject(ctx, value, kind, recurseTimes, insideTypedArray);
}

function formatProxy(ctx, details, recurseTimes) {
  if (ctx.depth !== null && recurseTimes > ctx.depth) return ctx.stylize('Proxy [Array]', 'special');
  recurseTimes++;
  ctx.indentationLvl += 2;
  const output = [formatValue(ctx, details[0], recurseTimes), formatValue(ctx, details[1], recurseTimes)];
  ctx.indentationLvl -= 2;
  return layOut(ctx, output, '', ['Proxy [', ']'], kArrayEntries, recurseTimes);
}

// What formatObject collects about a value before it can write it.
class Shape {
  base = '';
  open = '{';
  close = '}';
  keys;
  entriesType = kObjectEntries;
  entries = containers.formatNothing;
  argument = undefined;
  // Text that is the whole result when there is nothing inside.
  empty = undefined;
}

function formatObject(ctx, value, kind, recurseTimes, insideTypedArray) {
  let inherited;
  const tooDeep = ctx.depth !== null && recurseTimes > ctx.depth;
  const onFound = ctx.showHidden && !tooDeep ? (first) => {
    inherited = [];
    formatInherited(ctx, value, first, recurseTimes, inherited);
  } : undefined;
  const constructor = constructorName(value, ctx, recurseTimes, onFound);
  if (inherited !== undefined && inherited.length === 0) inherited = undefined;
  let tag = names.toStringTagOf(value, ctx.showHidden);
  // A null prototype's own tag of the same name would only say it twice.
  if (tag !== '' && tag === constructor) tag = '';

  const shape = new Shape();
  describe(shape, ctx, value, kind, constructor, tag, insideTypedArray);
  if (kind === kinds.kOther && !tooDeep && (constructor === 'URL' || tag === 'URL')) describeURL(shape, value);
  if (shape.empty !== undefined && shape.keys.length === 0 && inherited === undefined) return shape.empty;

  if (tooDeep) {
    if (kind === kinds.kRegExp) return ctx.stylize(shape.base, 'regexp');
    const name = plainPrefix(value, constructor, tag).slice(0, -1);
    return ctx.stylize(constructor === null ? name : `[${name}]`, 'special');
  }

  recurseTimes++;
  ctx.seen.push(value);
  ctx.currentDepth = recurseTimes;
  const braces = [shape.open, shape.close];
  const { indentationLvl } = ctx;
  let output;
  try {
    output = shape.argument === kBraces ?
      shape.entries(ctx, value, recurseTimes, braces) : shape.entries(ctx, value, recurseTimes, shape.argument);
    for (const key of shape.keys) output.push(formatProperty(ctx, value, recurseTimes, key, shape.entriesType));
    if (inherited !== undefined) output.push(...inherited);
  } catch (error) {
    if (!isStackOverflowError(error)) throw error;
    ctx.seen.pop();
    ctx.indentationLvl = indentationLvl;
    const name = plainPrefix(value, constructor, tag).slice(0, -1);
    return ctx.stylize(
      `[${name}: Inspection interrupted prematurely. Maximum call stack size exceeded.]`, 'special');
  }
  ctx.seen.pop();

  let { base } = shape;
  const index = ctx.circular?.get(value);
  if (index !== undefined) {
    const reference = ctx.stylize(`<ref *${index}>`, 'special');
    if (ctx.compact === true) braces[0] = `${reference} ${braces[0]}`;
    else base = base === '' ? reference : `${reference} ${base}`;
  }
  if (ctx.sorted) sortEntries(output, ctx.sorted, shape);

  const text = layOut(ctx, output, base, braces, shape.entriesType, recurseTimes, value);
  const total = (ctx.budget[indentationLvl] ?? 0) + text.length;
  ctx.budget[indentationLvl] = total;
  if (total > MAX_TEXT_PER_LEVEL) ctx.depth = -1;
  return text;
}

function sortEntries(output, sorted, shape) {
  const comparator = sorted === true ? undefined : sorted;
  if (shape.entriesType === kObjectEntries) {
    output.sort(comparator);
  } else if (shape.keys.length > 1) {
    const named = output.splice(output.length - shape.keys.length).sort(comparator);
    output.push(...named);
  }
}

// Marks a formatter that changes the braces.
const kBraces = Symbol('kBraces');

function setBraces(shape, prefix, open, close, empty = `${prefix}${open}${close}`) {
  shape.open = prefix + open;
  shape.close = close;
  shape.empty = empty;
}

// Fills in `shape`: everything that depends on the kind of value.
function describe(shape, ctx, value, kind, constructor, tag, insideTypedArray) {
  const { showHidden } = ctx;
  // Without its iterator an array or a collection is shown by its properties only.
  if (kind <= kinds.kTypedArray && kind !== kinds.kOther && kind !== kinds.kFunction &&
      constructor !== null && !(Symbol.iterator in value)) {
    kind = kinds.kOther;
  }
  switch (kind) {
    case kinds.kArray: {
      const prefix = constructor !== 'Array' || tag !== '' ?
        prefixFor(constructor, tag, 'Array', `(${value.length})`) : '';
      shape.keys = namedKeys(value, showHidden);
      shape.entries = containers.formatArray;
      shape.entriesType = kArrayEntries;
      setBraces(shape, prefix, '[', ']');
      if (value.length !== 0) shape.empty = undefined;
      return;
    }
    case kinds.kSet:
    case kinds.kMap: {
      const size = kind === kinds.kSet ? containers.sizeOfSet(value) : containers.sizeOfMap(value);
      shape.keys = ownKeys(value, showHidden);
      shape.entries = kind === kinds.kSet ? containers.formatSet : containers.formatMap;
      setBraces(shape, prefixFor(constructor, tag, kind === kinds.kSet ? 'Set' : 'Map', `(${size})`), '{', '}');
      if (size !== 0) shape.empty = undefined;
      return;
    }
    case kinds.kTypedArray: {
      const length = lengthOfTypedArray(value);
      const fallback = constructor === null ? nameOfTypedArray(value) : '';
      shape.keys = namedKeys(value, showHidden);
      shape.argument = length;
      shape.entries = constructor === null && showHidden ? (context, array, recurseTimes, count) => (
        containers.formatTypedArray(context, new globalThis[fallback](array), recurseTimes, count)) :
        containers.formatTypedArray;
      shape.entriesType = kArrayEntries;
      setBraces(shape, prefixFor(constructor, tag, fallback, `(${length})`), '[', ']');
      if (length !== 0 || showHidden) shape.empty = undefined;
      return;
    }
    case kinds.kMapIterator:
    case kinds.kSetIterator: {
      const type = kind === kinds.kMapIterator ? 'Map Iterator' : 'Set Iterator';
      shape.keys = ownKeys(value, showHidden);
      shape.entries = containers.formatIterator;
      shape.argument = kBraces;
      shape.open = tag !== '' && tag !== type ? `[${tag}] [${type}] {` : `[${type}] {`;
      return;
    }
    case kinds.kFunction:
      shape.keys = ownKeys(value, showHidden);
      shape.base = names.functionBase(value, constructor, tag, (name) => formatValue(ctx, name));
      shape.empty = ctx.stylize(shape.base, 'special');
      return;
    default:
      shape.keys = ownKeys(value, showHidden);
      if (kind !== kinds.kOther && describeLeaf(shape, ctx, value, kind, constructor, tag, insideTypedArray)) return;
  }
  if (isError(value, kind)) {
    shape.base = formatError(value, constructor, tag, ctx, shape.keys, formatValue);
    shape.empty = shape.base;
    return;
  }
  setBraces(shape, constructor === 'Object' && tag === '' ? '' : plainPrefix(value, constructor, tag), '{', '}');
}

// A URL whose own inspect method is not asked is its text. Only instances have one.
function describeURL(shape, value) {
  if (value.constructor?.prototype === value || !value.href || !value.protocol) return;
  shape.base = value.href;
  setBraces(shape, '', '{', '}', value.href);
}

// The prefix of an object without a kind: where the prototype is gone, V8 still knows what made it.
function plainPrefix(value, constructor, tag) {
  if (constructor !== null) return prefixFor(constructor, tag, 'Object');
  const fallback = ops.op_get_constructor_name(value);
  return prefixFor(constructor, tag, fallback === tag ? 'Object' : fallback);
}

function withPrefix(text, prefix, plain) {
  return prefix === plain ? text : prefix + text;
}

// Kinds that are written on one line, or have a fixed handful of entries. False for a kind that is not of these.
function describeLeaf(shape, ctx, value, kind, constructor, tag, insideTypedArray) {
  switch (kind) {
    case kinds.kArguments:
      setBraces(shape, '[Arguments] ', '{', '}');
      return true;
    case kinds.kRegExp: {
      const text = RegExp.prototype.toString.call(constructor === null ? new RegExp(value) : value);
      shape.base = withPrefix(text, prefixFor(constructor, tag, 'RegExp'), 'RegExp ');
      shape.empty = ctx.stylize(shape.base, 'regexp');
      return true;
    }
    case kinds.kDate: {
      const text = Number.isNaN(Date.prototype.getTime.call(value)) ?
        Date.prototype.toString.call(value) : Date.prototype.toISOString.call(value);
      shape.base = withPrefix(text, prefixFor(constructor, tag, 'Date'), 'Date ');
      shape.empty = ctx.stylize(shape.base, 'date');
      return true;
    }
    case kinds.kArrayBuffer:
    case kinds.kSharedArrayBuffer:
      shape.open = `${prefixFor(constructor, tag,
        kind === kinds.kArrayBuffer ? 'ArrayBuffer' : 'SharedArrayBuffer')}{`;
      shape.entries = containers.formatArrayBuffer;
      shape.argument = insideTypedArray;
      return true;
    case kinds.kDataView:
      shape.open = `${prefixFor(constructor, tag, 'DataView')}{`;
      shape.entries = containers.formatDataView;
      return true;
    case kinds.kPromise:
      shape.open = `${prefixFor(constructor, tag, 'Promise')}{`;
      shape.entries = containers.formatPromise;
      return true;
    case kinds.kWeakSet:
      shape.open = `${prefixFor(constructor, tag, 'WeakSet')}{`;
      shape.entries = containers.formatWeakSet;
      return true;
    case kinds.kWeakMap:
      shape.open = `${prefixFor(constructor, tag, 'WeakMap')}{`;
      shape.entries = containers.formatWeakMap;
      return true;
    case kinds.kModuleNamespace:
      shape.open = `${prefixFor(constructor, tag, 'Module')}{`;
      shape.entries = containers.formatNamespace;
      // Its keys are its entries: formatNamespace empties the list.
      shape.argument = shape.keys;
      return true;
    case kinds.kExternal:
      shape.empty = ctx.stylize(`[External: ${ops.op_core_value_external_address(value)}]`, 'special');
      shape.base = shape.empty;
      return true;
    case kinds.kNumberObject:
    case kinds.kStringObject:
    case kinds.kBooleanObject:
    case kinds.kBigIntObject:
    case kinds.kSymbolObject:
      describeBoxed(shape, ctx, value, kind, constructor, tag);
      return true;
    default:
      return false;
  }
}

const BOXED = {
  [kinds.kNumberObject]: ['Number', Number.prototype.valueOf],
  [kinds.kStringObject]: ['String', String.prototype.valueOf],
  [kinds.kBooleanObject]: ['Boolean', Boolean.prototype.valueOf],
  [kinds.kBigIntObject]: ['BigInt', BigInt.prototype.valueOf],
  [kinds.kSymbolObject]: ['Symbol', Symbol.prototype.valueOf],
};

function describeBoxed(shape, ctx, value, kind, constructor, tag) {
  const [type, valueOf] = BOXED[kind];
  const primitive = Reflect.apply(valueOf, value, []);
  // The characters are in the text already.
  if (kind === kinds.kStringObject) shape.keys.splice(0, primitive.length);
  let base = `[${type}`;
  if (type !== constructor) base += constructor === null ? ' (null prototype)' : ` (${constructor})`;
  base += `: ${formatPrimitive(stylizeNoColor, primitive, ctx)}]`;
  if (tag !== '' && tag !== constructor && tag !== type) base += ` [${tag}]`;
  shape.base = base;
  shape.empty = ctx.stylize(base, type.toLowerCase());
}

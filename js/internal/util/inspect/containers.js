'use strict';
// The entries of arrays, collections, iterators, buffers, promises and namespaces: each function returns them as
// an array of text.
// Which of them a value gets is decided in inspect/value.js.

const { kArrayEntries, kArrayEntry, kObjectEntries, layOut } = require('internal/util/inspect/layout');
const { formatBigInt, formatNumber } = require('internal/util/inspect/primitives');
const { formatProperty } = require('internal/util/inspect/properties');
const value = require('internal/util/inspect/value');

const INDEX = /^(?:0|[1-9][0-9]*)$/;
const MAX_INDEX = 2 ** 32 - 2;

const { hasOwn, keys: enumerableKeys } = Object;
const sizeOfSet = Function.prototype.call.bind(Object.getOwnPropertyDescriptor(Set.prototype, 'size').get);
const sizeOfMap = Function.prototype.call.bind(Object.getOwnPropertyDescriptor(Map.prototype, 'size').get);
const itemsOf = Function.prototype.call.bind(Set.prototype.values);
const pairsOf = Function.prototype.call.bind(Map.prototype.entries);

function plural(count) {
  return count > 1 ? 's' : '';
}

function isIndex(key) {
  return INDEX.test(key) && +key <= MAX_INDEX;
}

function moreItems(count) {
  return `... ${count} more item${plural(count)}`;
}

function shownCount(ctx, length) {
  return Math.min(Math.max(0, ctx.maxArrayLength), length);
}

function formatNothing() {
  return [];
}

function formatArray(ctx, array, recurseTimes) {
  const length = array.length;
  const shown = shownCount(ctx, length);
  const output = [];
  for (let i = 0; i < shown; i++) {
    if (!hasOwn(array, i)) return formatSparseArray(ctx, array, recurseTimes, shown, output, i);
    output.push(formatProperty(ctx, array, recurseTimes, i, kArrayEntry));
  }
  if (length > shown) output.push(moreItems(length - shown));
  return output;
}

// From the first hole on (`index`): a run of holes is one entry.
function formatSparseArray(ctx, array, recurseTimes, limit, output, index) {
  const keys = enumerableKeys(array);
  for (let i = index; i < keys.length && output.length < limit; i++) {
    const key = keys[i];
    if (!isIndex(key)) break;
    if (`${index}` !== key) {
      const holes = key - index;
      output.push(ctx.stylize(`<${holes} empty item${plural(holes)}>`, 'undefined'));
      index = +key;
      if (output.length === limit) break;
    }
    output.push(formatProperty(ctx, array, recurseTimes, key, kArrayEntry));
    index++;
  }
  const remaining = array.length - index;
  if (remaining > 0) {
    output.push(output.length === limit ?
      moreItems(remaining) : ctx.stylize(`<${remaining} empty item${plural(remaining)}>`, 'undefined'));
  }
  return output;
}

const TYPED_ARRAY_FACTS = ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer'];

// `array` may stand in for `original`, whose prototype does not lead to the accessors any more.
function formatTypedArray(ctx, array, recurseTimes, length) {
  const shown = shownCount(ctx, length);
  const output = new Array(shown);
  const formatElement = length > 0 && typeof array[0] === 'bigint' ? formatBigInt : formatNumber;
  for (let i = 0; i < shown; i++) output[i] = formatElement(ctx.stylize, array[i], ctx.numericSeparator);
  if (length > shown) output.push(moreItems(length - shown));
  if (ctx.showHidden) {
    ctx.indentationLvl += 2;
    for (const key of TYPED_ARRAY_FACTS) {
      output.push(`${ctx.stylize(`[${key}]`, 'string')}: ${value.formatValue(ctx, array[key], recurseTimes, true)}`);
    }
    ctx.indentationLvl -= 2;
  }
  return output;
}

function formatSet(ctx, set, recurseTimes) {
  const size = sizeOfSet(set);
  const shown = shownCount(ctx, size);
  const output = [];
  ctx.indentationLvl += 2;
  for (const item of itemsOf(set)) {
    if (output.length >= shown) break;
    output.push(value.formatValue(ctx, item, recurseTimes));
  }
  ctx.indentationLvl -= 2;
  return withRemaining(ctx, output, size);
}

function formatMap(ctx, map, recurseTimes) {
  const size = sizeOfMap(map);
  const shown = shownCount(ctx, size);
  const output = [];
  ctx.indentationLvl += 2;
  for (const { 0: key, 1: item } of pairsOf(map)) {
    if (output.length >= shown) break;
    output.push(`${value.formatValue(ctx, key, recurseTimes)} => ${value.formatValue(ctx, item, recurseTimes)}`);
  }
  ctx.indentationLvl -= 2;
  return withRemaining(ctx, output, size);
}

function formatItems(ctx, items, recurseTimes) {
  const shown = shownCount(ctx, items.length);
  const output = new Array(shown);
  ctx.indentationLvl += 2;
  for (let i = 0; i < shown; i++) output[i] = value.formatValue(ctx, items[i], recurseTimes);
  ctx.indentationLvl -= 2;
  return output;
}

// `flat` is key, value, key, value...
function formatPairs(ctx, flat, recurseTimes, format) {
  const shown = shownCount(ctx, flat.length / 2);
  const output = new Array(shown);
  ctx.indentationLvl += 2;
  for (let i = 0; i < shown; i++) {
    output[i] = format(value.formatValue(ctx, flat[i * 2], recurseTimes),
      value.formatValue(ctx, flat[i * 2 + 1], recurseTimes));
  }
  ctx.indentationLvl -= 2;
  return output;
}

function withRemaining(ctx, output, total) {
  const remaining = total - shownCount(ctx, total);
  if (remaining > 0) output.push(moreItems(remaining));
  return output;
}

// What is left in an iterator, without taking it. The braces are changed when it yields pairs.
function formatIterator(ctx, iterator, recurseTimes, braces) {
  const [entries, arePairs] = ops.op_core_value_entries(iterator);
  if (!arePairs) return withRemaining(ctx, formatItems(ctx, entries, recurseTimes), entries.length);
  braces[0] = braces[0].replace(/ Iterator\] \{$/, ' Entries] {');
  const output = formatPairs(ctx, entries, recurseTimes, (key, item) => (
    layOut(ctx, [key, item], '', ['[', ']'], kArrayEntries, recurseTimes)));
  return withRemaining(ctx, output, entries.length / 2);
}

// Weak collections have no order of their own, so that of the text is as good as any.
function formatWeakSet(ctx, set, recurseTimes) {
  if (!ctx.showHidden) return [ctx.stylize('<items unknown>', 'special')];
  const items = ops.op_core_value_entries(set)[0];
  const output = formatItems(ctx, items, recurseTimes);
  return withRemaining(ctx, ctx.sorted ? output : output.sort(), items.length);
}

function formatWeakMap(ctx, map, recurseTimes) {
  if (!ctx.showHidden) return [ctx.stylize('<items unknown>', 'special')];
  const flat = ops.op_core_value_entries(map)[0];
  const output = formatPairs(ctx, flat, recurseTimes, (key, item) => `${key} => ${item}`);
  return withRemaining(ctx, ctx.sorted ? output : output.sort(), flat.length / 2);
}

function hexOf(bytes, count) {
  let text = '';
  for (let i = 0; i < count; i++) text += (i === 0 ? '' : ' ') + (bytes[i] < 16 ? '0' : '') + bytes[i].toString(16);
  return text;
}

// A getter that belongs to another kind of buffer, or to a detached one, throws: there is nothing to tell then.
function factOf(object, key) {
  try {
    return object[key];
  } catch {
    return undefined;
  }
}

function formatFacts(ctx, object, keys, recurseTimes, output) {
  ctx.indentationLvl += 2;
  for (const key of keys) {
    output.push(`${ctx.stylize(`[${key}]`, 'string')}: ${value.formatValue(ctx, factOf(object, key), recurseTimes)}`);
  }
  ctx.indentationLvl -= 2;
  return output;
}

function formatArrayBuffer(ctx, buffer, recurseTimes, hideContents) {
  const output = [];
  let bytes;
  try {
    bytes = new Uint8Array(buffer);
  } catch {
    output.push(ctx.stylize('(detached)', 'special'));
  }
  if (bytes !== undefined && !hideContents) {
    let text = hexOf(bytes, shownCount(ctx, bytes.length));
    const remaining = bytes.length - shownCount(ctx, bytes.length);
    if (remaining > 0) text += ` ... ${remaining} more byte${plural(remaining)}`;
    output.push(`${ctx.stylize('[Uint8Contents]', 'special')}: <${text}>`);
  }
  return formatFacts(ctx, buffer, ['byteLength'], recurseTimes, output);
}

function formatDataView(ctx, view, recurseTimes) {
  return formatFacts(ctx, view, ['byteLength', 'byteOffset', 'buffer'], recurseTimes, []);
}

function formatPromise(ctx, promise, recurseTimes) {
  const [state, result] = core.getPromiseDetails(promise);
  if (state === 0) return [ctx.stylize('<pending>', 'special')];
  ctx.indentationLvl += 2;
  const text = value.formatValue(ctx, result, recurseTimes);
  ctx.indentationLvl -= 2;
  return [state === 2 ? `${ctx.stylize('<rejected>', 'special')} ${text}` : text];
}

// The bindings of a module that has not run so far throw when they are read.
function formatNamespace(ctx, namespace, recurseTimes, keys) {
  const output = keys.map((key) => {
    try {
      return formatProperty(ctx, namespace, recurseTimes, key, kObjectEntries);
    } catch (error) {
      if (!core.isNativeError(error) || error.name !== 'ReferenceError') throw error;
      const text = formatProperty(ctx, { [key]: '' }, recurseTimes, key, kObjectEntries);
      return text.slice(0, text.lastIndexOf(' ') + 1) + ctx.stylize('<uninitialized>', 'special');
    }
  });
  keys.length = 0;
  return output;
}

module.exports = {
  formatArray,
  formatArrayBuffer,
  formatDataView,
  formatIterator,
  formatMap,
  formatNamespace,
  formatNothing,
  formatPromise,
  formatSet,
  formatTypedArray,
  formatWeakMap,
  formatWeakSet,
  sizeOfMap,
  sizeOfSet,
};

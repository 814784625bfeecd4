'use strict';
// Objects that write themselves: the [nodejs.util.inspect.custom] method, and the options it is given.

const { defaults } = require('internal/util/inspect/options');

const kCustom = Symbol.for('nodejs.util.inspect.custom');
const OPTION_NAMES = Object.keys(defaults);
const isInstanceOfObject = Function.prototype.call.bind(Function.prototype[Symbol.hasInstance], Object);

// The module that loads this one: asked for when the first object wants it.
let inspect;

function userOptions(ctx, isForeign) {
  const options = { stylize: ctx.stylize };
  for (const name of OPTION_NAMES) options[name] = ctx[name];
  if (ctx.userOptions !== undefined) Object.assign(options, ctx.userOptions);
  if (!isForeign) return options;
  // A method from another realm must not get hold of this one's functions and, through them, of its globals.
  Object.setPrototypeOf(options, null);
  for (const key of Object.keys(options)) {
    if ((typeof options[key] === 'object' || typeof options[key] === 'function') && options[key] !== null) {
      delete options[key];
    }
  }
  options.stylize = Object.setPrototypeOf((text, styleType) => {
    let styled;
    try {
      styled = `${ctx.stylize(text, styleType)}`;
    } catch {
      // The plain text will do.
    }
    return typeof styled === 'string' ? styled : text;
  }, null);
  return options;
}

// The text that `value` gives itself; undefined when it has no such method, or that one leaves the value to inspect.
// `given` is the value before proxies were taken off.
function customInspect(ctx, value, given, recurseTimes, formatValue) {
  const method = value[kCustom];
  if (typeof method !== 'function') return undefined;
  inspect ??= require('internal/util/inspect').inspect;
  if (method === inspect) return undefined;
  // A class's prototype has the method for its instances, not for itself.
  const constructor = Object.getOwnPropertyDescriptor(value, 'constructor');
  if (constructor !== undefined && constructor.value != null && constructor.value.prototype === value) return undefined;
  const depth = ctx.depth === null ? null : ctx.depth - recurseTimes;
  const isForeign = given !== value || !isInstanceOfObject(given);
  const result = Reflect.apply(method, given, [depth, userOptions(ctx, isForeign), inspect]);
  if (result === given) return undefined;
  const text = typeof result === 'object' ? formatValue(ctx, result, recurseTimes) : `${result}`;
  return typeof result === 'object' ? text : text.replaceAll('\n', `\n${' '.repeat(ctx.indentationLvl)}`);
}

module.exports = { customInspect, kCustom };

'use strict';
// util.inspect: makes the context for one inspection from the user's options. The work is in internal/util/inspect/*.

const { ERR_INVALID_ARG_TYPE } = require('internal/errors').codes;
const { kCustom } = require('internal/util/inspect/custom');
const { colors, defaults, styles, stylizeNoColor, stylizeWithColor } = require('internal/util/inspect/options');
const { highlightRegExp } = require('internal/util/inspect/regexp');
const { stringWidth, stripControlSequences } = require('internal/util/inspect/strings');
const { formatValue } = require('internal/util/inspect/value');

styles.regexp = highlightRegExp;

function makeContext() {
  return {
    showHidden: defaults.showHidden,
    depth: defaults.depth,
    colors: defaults.colors,
    customInspect: defaults.customInspect,
    showProxy: defaults.showProxy,
    maxArrayLength: defaults.maxArrayLength,
    maxStringLength: defaults.maxStringLength,
    breakLength: defaults.breakLength,
    compact: defaults.compact,
    sorted: defaults.sorted,
    getters: defaults.getters,
    numericSeparator: defaults.numericSeparator,
    stylize: stylizeNoColor,
    // What a custom inspect method is given besides the options above.
    userOptions: undefined,
    // The objects that contain the current one, and those of them that were met again.
    seen: [],
    circular: undefined,
    // Text so far, by level of indentation.
    budget: {},
    indentationLvl: 0,
    currentDepth: 0,
  };
}

// The form with positional arguments (showHidden, depth, colors) is an old one that is still allowed.
function inspect(value, options) {
  const ctx = makeContext();
  if (arguments.length > 1) {
    if (arguments.length > 2) {
      if (arguments[2] !== undefined) ctx.depth = arguments[2];
      if (arguments.length > 3 && arguments[3] !== undefined) ctx.colors = arguments[3];
    }
    if (typeof options === 'boolean') {
      ctx.showHidden = options;
    } else if (options) {
      for (const key of Object.keys(options)) {
        if (Object.hasOwn(defaults, key) || key === 'stylize') ctx[key] = options[key];
        else if (ctx.userOptions === undefined) ctx.userOptions = options;
      }
    }
  }
  if (ctx.colors && ctx.stylize === stylizeNoColor) ctx.stylize = stylizeWithColor;
  if (ctx.maxArrayLength === null) ctx.maxArrayLength = Infinity;
  if (ctx.maxStringLength === null) ctx.maxStringLength = Infinity;
  return formatValue(ctx, value, 0);
}

inspect.custom = kCustom;
inspect.colors = colors;
inspect.styles = styles;

Object.defineProperty(inspect, 'defaultOptions', {
  __proto__: null,
  get() {
    return defaults;
  },
  set(options) {
    if (options === null || typeof options !== 'object' || Array.isArray(options)) {
      throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    Object.assign(defaults, options);
  },
});

module.exports = {
  getStringWidth: stringWidth,
  inspect,
  inspectDefaultOptions: defaults,
  stripVTControlCharacters: stripControlSequences,
  stylizeWithColor,
};

'use strict';
// What a user can set: the default options, the colours and which kind of value gets which. Also how a piece of
// output is given its colour. Nothing here looks at values.

const defaults = Object.seal({
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
});

const FOREGROUND = 39;
const BACKGROUND = 49;

// Each is the SGR number that turns it on and the one that turns it off.
const colors = {
  __proto__: null,
  reset: [0, 0],
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  blink: [5, 25],
  inverse: [7, 27],
  hidden: [8, 28],
  strikethrough: [9, 29],
  doubleunderline: [21, 24],
};
const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const capitalized = (name) => name[0].toUpperCase() + name.slice(1);

NAMES.forEach((name, i) => {
  colors[name] = [30 + i, FOREGROUND];
});
NAMES.forEach((name, i) => {
  colors[`bg${capitalized(name)}`] = [40 + i, BACKGROUND];
});
colors.framed = [51, 54];
colors.overlined = [53, 55];
colors.gray = [90, FOREGROUND];
NAMES.slice(1).forEach((name, i) => {
  colors[`${name}Bright`] = [91 + i, FOREGROUND];
});
colors.bgGray = [100, BACKGROUND];
NAMES.slice(1).forEach((name, i) => {
  colors[`bg${capitalized(name)}Bright`] = [101 + i, BACKGROUND];
});

// An alias reads and writes the colour it stands for, and is not listed among the names.
for (const [target, ...aliases] of [
  ['gray', 'grey', 'blackBright'],
  ['bgGray', 'bgGrey', 'bgBlackBright'],
  ['dim', 'faint'],
  ['strikethrough', 'crossedout', 'strikeThrough', 'crossedOut'],
  ['hidden', 'conceal'],
  ['inverse', 'swapColors', 'swapcolors'],
  ['doubleunderline', 'doubleUnderline'],
]) {
  for (const alias of aliases) {
    Object.defineProperty(colors, alias, {
      __proto__: null,
      get() {
        return colors[target];
      },
      set(value) {
        colors[target] = value;
      },
      configurable: true,
      enumerable: false,
    });
  }
}

// A style is the name of a colour, or a function from the plain text to the coloured one.
const styles = {
  __proto__: null,
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: undefined,
  module: 'underline',
};

function stylizeNoColor(text) {
  return text;
}

function stylizeWithColor(text, styleType) {
  const style = styles[styleType];
  if (style === undefined) return text;
  if (typeof style === 'function') return style(text);
  const color = colors[style];
  return color === undefined ? text : `\u001b[${color[0]}m${text}\u001b[${color[1]}m`;
}

module.exports = { colors, defaults, styles, stylizeNoColor, stylizeWithColor };

'use strict';

// The command line's flags as built-ins read them. What a flag means belongs to
// whoever reads it; parsing the command line belongs to the command line.

const values = { __proto__: null };

// `flat` is [name, value, name, value, ...], names without their dashes. A flag without a value has ''.
function initialize(flat) {
  for (let i = 0; i < flat.length; i += 2) {
    const name = flat[i];
    const value = flat[i + 1];
    if (Object.hasOwn(values, name)) values[name].push(value);
    else values[name] = [value];
  }
}

// The last value of a flag, or undefined when it was not given.
function getOption(name) {
  return values[name]?.at(-1);
}

// All values of a flag that may be repeated.
function getOptionList(name) {
  return values[name] ?? [];
}

// Whether a flag is on. `--no-x` turns `--x` off.
function hasOption(name) {
  const value = getOption(name);
  if (value !== undefined) return value !== 'false';
  return false;
}

module.exports = { getOption, getOptionList, hasOption, initialize };

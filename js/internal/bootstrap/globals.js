'use strict';

// How properties get onto the global object: made at once, or when first asked
// for. Which they are is internal/bootstrap/realm's.

function define(name, value, enumerable) {
  Object.defineProperty(globalThis, name, {
    __proto__: null,
    configurable: true,
    enumerable,
    writable: true,
    value,
  });
}

// What the web calls an interface is not enumerable.
function hidden(name, value) {
  define(name, value, false);
}

// A function or namespace that for-in over the global object shows.
function visible(name, value) {
  define(name, value, true);
}

// A property that is read and replaced through functions, as a few of Node's are.
function accessor(name, value) {
  Object.defineProperty(globalThis, name, {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      return value;
    },
    set(replacement) {
      value = replacement;
    },
  });
}

// A property whose value is made by the first look at it, and is then an ordinary one.
function lazy(name, make, { enumerable, setter = true }) {
  const { get, set } = Object.getOwnPropertyDescriptor({
    get [name]() {
      const value = make();
      // What was replaced while it was made stays replaced.
      const current = Object.getOwnPropertyDescriptor(globalThis, name);
      if (setter && current?.get === get) define(name, value, enumerable);
      return value;
    },
    set [name](value) {
      define(name, value, enumerable);
    },
  }, name);
  Object.defineProperty(globalThis, name, {
    __proto__: null,
    configurable: true,
    enumerable,
    get,
    set: setter ? set : undefined,
  });
}

// Classes that are exported by the built-in `id` under their own names.
function lazyInterfaces(id, names) {
  for (const name of names) lazy(name, () => require(id)[name], { enumerable: false });
}

module.exports = { accessor, hidden, lazy, lazyInterfaces, visible };

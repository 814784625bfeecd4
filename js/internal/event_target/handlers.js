'use strict';

// Event handler properties: `target.onfoo = fn` as another way to listen to 'foo'.

const kHandlers = Symbol('kHandlers');

// What an `onfoo` handler leaves in the list: it stays where it was put when the handler changes.
function makeWrapper(handler) {
  function wrapper(...args) {
    if (typeof wrapper.handler !== 'function') return undefined;
    return Reflect.apply(wrapper.handler, this, args);
  }
  wrapper.handler = handler;
  return wrapper;
}

// Defines `on${name}` on a target or a prototype of targets; the event is called `name` unless said.
function defineEventHandler(object, name, event = name) {
  const property = `on${name}`;
  const { get, set } = Object.getOwnPropertyDescriptor({
    get [property]() {
      return this[kHandlers]?.get(event)?.handler ?? null;
    },

    set [property](value) {
      const handlers = this[kHandlers] ??= new Map();
      const wrapper = handlers.get(event);
      if (typeof value !== 'function') {
        if (wrapper !== undefined) {
          handlers.delete(event);
          this.removeEventListener(event, wrapper);
        }
      } else if (wrapper !== undefined) {
        wrapper.handler = value;
      } else {
        const added = makeWrapper(value);
        handlers.set(event, added);
        this.addEventListener(event, added);
      }
    },
  }, property);
  Object.defineProperty(object, property, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get,
    set,
  });
}

module.exports = { defineEventHandler };

'use strict';

// One entry of an EventTarget's listener lists.

// What keeps weakly held listeners alive: the object that each was tied to.
const heldBy = new WeakMap();

class Listener {
  #strong;
  #weak;

  constructor(callback, options) {
    this.once = options.once;
    this.capture = options.capture;
    this.passive = options.passive;
    this.isNodeStyle = options.isNodeStyle;
    this.resistsStop = options.resistsStop;
    this.removed = false;
    // The listener that a signal has waiting to remove this one.
    this.detach = undefined;

    const { keeper } = options;
    if (keeper === undefined) {
      this.#strong = callback;
    } else {
      this.#weak = new WeakRef(callback);
      const held = heldBy.get(keeper);
      if (held === undefined) heldBy.set(keeper, new Set([callback]));
      else held.add(callback);
    }
  }

  // undefined once a weakly held one has been collected.
  get callback() {
    return this.#weak === undefined ? this.#strong : this.#weak.deref();
  }

  get isWeak() {
    return this.#weak !== undefined;
  }

  matches(callback, capture) {
    return this.capture === capture && this.callback === callback;
  }
}

module.exports = { Listener };

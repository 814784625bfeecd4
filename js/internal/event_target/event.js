'use strict';

// Event and CustomEvent. What happens to one while it is dispatched is done by
// event_target.js through the functions exported here beside the classes.

const {
  codes: { ERR_INVALID_THIS, ERR_MISSING_ARGS },
} = require('internal/errors');
const {
  kValidateObjectAllowObjectsAndNull,
  validateObject,
} = require('internal/validators');
const { inspectAs } = require('internal/event_target/inspect');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const kTrustEvent = Symbol('kTrustEvent');

let internals;

class Event {
  #type;
  #cancelable = false;
  #bubbles = false;
  #composed = false;
  #defaultPrevented = false;
  #propagationStopped = false;
  #stopped = false;
  #trusted = false;
  #inPassiveListener = false;
  #target = null;
  #beingDispatched = false;
  #timeStamp = ops.op_os_process_uptime() * 1000;

  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    if (options != null) {
      validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
      this.#bubbles = !!options.bubbles;
      this.#cancelable = !!options.cancelable;
      this.#composed = !!options.composed;
      this.#trusted = options[kTrustEvent] === true;
    }
    this.#type = `${type}`;
  }

  static #check(event) {
    if (event === null || typeof event !== 'object' || !(#type in event)) {
      throw new ERR_INVALID_THIS('Event');
    }
    return event;
  }

  static {
    internals = {
      isEvent: (value) => value !== null && typeof value === 'object' && #type in value,
      isBeingDispatched: (event) => event.#beingDispatched,
      isStopped: (event) => event.#stopped,
      begin(event, target) {
        event.#target = target;
        event.#beingDispatched = true;
      },
      end(event) {
        event.#beingDispatched = false;
      },
      setInPassiveListener(event, passive) {
        event.#inPassiveListener = passive;
      },
      setTarget(event, target) {
        event.#target = target;
      },
    };
  }

  initEvent(type, bubbles = false, cancelable = false) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    Event.#check(this);
    if (this.#beingDispatched) return;
    this.#type = `${type}`;
    this.#bubbles = !!bubbles;
    this.#cancelable = !!cancelable;
  }

  [kInspect](depth, options) {
    Event.#check(this);
    return inspectAs(this, {
      type: this.#type,
      defaultPrevented: this.#defaultPrevented,
      cancelable: this.#cancelable,
      timeStamp: this.#timeStamp,
    }, depth, options);
  }

  stopImmediatePropagation() {
    Event.#check(this);
    // The standard has it stop propagation as well, and an event that was stopped before its dispatch stays so.
    this.#propagationStopped = true;
    this.#stopped = true;
  }

  preventDefault() {
    Event.#check(this);
    if (this.#cancelable && !this.#inPassiveListener) this.#defaultPrevented = true;
  }

  get target() {
    return Event.#check(this).#target;
  }

  get currentTarget() {
    Event.#check(this);
    return this.#beingDispatched ? this.#target : null;
  }

  get srcElement() {
    return Event.#check(this).#target;
  }

  get type() {
    return Event.#check(this).#type;
  }

  get cancelable() {
    return Event.#check(this).#cancelable;
  }

  get defaultPrevented() {
    Event.#check(this);
    return this.#cancelable && this.#defaultPrevented;
  }

  get timeStamp() {
    return Event.#check(this).#timeStamp;
  }

  get isTrusted() {
    return Event.#check(this).#trusted;
  }

  composedPath() {
    Event.#check(this);
    return this.#beingDispatched ? [this.#target] : [];
  }

  get returnValue() {
    Event.#check(this);
    return !this.#cancelable || !this.#defaultPrevented;
  }

  get bubbles() {
    return Event.#check(this).#bubbles;
  }

  get composed() {
    return Event.#check(this).#composed;
  }

  get eventPhase() {
    Event.#check(this);
    return this.#beingDispatched ? Event.AT_TARGET : Event.NONE;
  }

  get cancelBubble() {
    return Event.#check(this).#propagationStopped;
  }

  set cancelBubble(value) {
    Event.#check(this);
    if (value) this.#propagationStopped = true;
  }

  stopPropagation() {
    Event.#check(this).#propagationStopped = true;
  }
}

for (const [name, value] of [['NONE', 0], ['CAPTURING_PHASE', 1], ['AT_TARGET', 2], ['BUBBLING_PHASE', 3]]) {
  const descriptor = { __proto__: null, enumerable: true, value };
  Object.defineProperty(Event, name, descriptor);
  Object.defineProperty(Event.prototype, name, descriptor);
}

class CustomEvent extends Event {
  #detail;

  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    super(type, options);
    this.#detail = options?.detail ?? null;
  }

  get detail() {
    if (this === null || typeof this !== 'object' || !(#detail in this)) {
      throw new ERR_INVALID_THIS('CustomEvent');
    }
    return this.#detail;
  }
}

// As the web has it: everything on the prototypes is enumerable, and the tag is not.
function exposeAsInterface(Class) {
  const { prototype } = Class;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (name !== 'constructor') {
      Object.defineProperty(prototype, name, { __proto__: null, enumerable: true });
    }
  }
  Object.defineProperty(prototype, Symbol.toStringTag, {
    __proto__: null,
    configurable: true,
    enumerable: false,
    value: Class.name,
    writable: false,
  });
}

exposeAsInterface(Event);
exposeAsInterface(CustomEvent);

module.exports = { CustomEvent, Event, exposeAsInterface, internals, kTrustEvent };

'use strict';

// EventEmitterAsyncResource: an EventEmitter whose listeners run in the async
// scope of a resource of its own.

const { AsyncResource } = require('async_hooks');
const {
  codes: { ERR_INVALID_THIS },
} = require('internal/errors');
const { EventEmitter } = require('internal/events/emitter');

const { emit } = EventEmitter.prototype;

class EventEmitterReferencingAsyncResource extends AsyncResource {
  #eventEmitter;

  constructor(eventEmitter, type, options) {
    super(type, options);
    this.#eventEmitter = eventEmitter;
  }

  get eventEmitter() {
    if (!(#eventEmitter in this)) {
      throw new ERR_INVALID_THIS('EventEmitterReferencingAsyncResource');
    }
    return this.#eventEmitter;
  }
}

class EventEmitterAsyncResource extends EventEmitter {
  #resource;

  constructor(options = undefined) {
    let name;
    if (typeof options === 'string') {
      name = options;
      options = undefined;
    } else {
      name = options?.name || new.target.name;
    }
    super(options);
    this.#resource = new EventEmitterReferencingAsyncResource(this, name, options);
  }

  static #resourceOf(emitter) {
    if (!(#resource in emitter)) throw new ERR_INVALID_THIS('EventEmitterAsyncResource');
    return emitter.#resource;
  }

  emit(event, ...args) {
    const resource = EventEmitterAsyncResource.#resourceOf(this);
    return resource.runInAsyncScope(emit, this, event, ...args);
  }

  emitDestroy() {
    EventEmitterAsyncResource.#resourceOf(this).emitDestroy();
  }

  get asyncId() {
    return EventEmitterAsyncResource.#resourceOf(this).asyncId();
  }

  get triggerAsyncId() {
    return EventEmitterAsyncResource.#resourceOf(this).triggerAsyncId();
  }

  get asyncResource() {
    return EventEmitterAsyncResource.#resourceOf(this);
  }
}

module.exports = { EventEmitterAsyncResource };

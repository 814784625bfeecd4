'use strict';

// A named channel and the table of all of them. A channel that nobody
// subscribes to costs a publisher one look.

const {
  codes: { ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');

// Channels by name, held weakly: names may come by the thousand.
const channels = new Map();
// Those with subscribers, which must stay though only their name is known.
const active = new Set();
let collected;

function remember(channel) {
  collected ??= new FinalizationRegistry((name) => {
    // Another channel of that name may have been made since.
    if (channels.get(name)?.deref() === undefined) channels.delete(name);
  });
  channels.set(channel.name, new WeakRef(channel));
  collected.register(channel, channel.name);
}

// For built-ins: their channels are few and last. They are made while the snapshot is built, which cannot hold weak references.
function lastingChannel(name) {
  const channel = new Channel(name, true);
  channels.set(name, { deref: () => channel });
  return channel;
}

function throwLater(err) {
  nextTick(() => {
    throw err;
  });
}

class Channel {
  // Replaced, never changed: a publish walks the list that was there at its start.
  #subscribers = [];
  #stores = new Map();

  constructor(name, lasting = false) {
    this.name = name;
    if (!lasting) remember(this);
  }

  #update() {
    if (this.hasSubscribers) active.add(this);
    else active.delete(this);
  }

  get hasSubscribers() {
    return this.#subscribers.length > 0 || this.#stores.size > 0;
  }

  subscribe(subscription) {
    validateFunction(subscription, 'subscription');
    this.#subscribers = [...this.#subscribers, subscription];
    this.#update();
  }

  unsubscribe(subscription) {
    const at = this.#subscribers.indexOf(subscription);
    if (at === -1) return false;
    this.#subscribers = this.#subscribers.toSpliced(at, 1);
    this.#update();
    return true;
  }

  bindStore(store, transform) {
    this.#stores.set(store, transform);
    this.#update();
  }

  unbindStore(store) {
    const bound = this.#stores.delete(store);
    this.#update();
    return bound;
  }

  publish(data) {
    const subscribers = this.#subscribers;
    for (let i = 0; i < subscribers.length; i++) {
      try {
        const onMessage = subscribers[i];
        onMessage(data, this.name);
      } catch (err) {
        throwLater(err);
      }
    }
  }

  // Calls fn with `data` published, and entered into every bound store.
  runStores(data, fn, thisArg, ...args) {
    let run = () => {
      this.publish(data);
      return Reflect.apply(fn, thisArg, args);
    };
    for (const [store, transform] of this.#stores) run = inStore(store, transform, data, run);
    return run();
  }
}

function inStore(store, transform, data, next) {
  return () => {
    let context = data;
    if (transform) {
      try {
        context = transform(data);
      } catch (err) {
        throwLater(err);
        return next();
      }
    }
    return store.run(context, next);
  };
}

function channel(name) {
  const known = channels.get(name)?.deref();
  if (known !== undefined) return known;
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new ERR_INVALID_ARG_TYPE('channel', ['string', 'symbol'], name);
  }
  return new Channel(name);
}

function subscribe(name, subscription) {
  return channel(name).subscribe(subscription);
}

function unsubscribe(name, subscription) {
  return channel(name).unsubscribe(subscription);
}

function hasSubscribers(name) {
  return channels.get(name)?.deref()?.hasSubscribers ?? false;
}

module.exports = { Channel, channel, hasSubscribers, lastingChannel, subscribe, unsubscribe };

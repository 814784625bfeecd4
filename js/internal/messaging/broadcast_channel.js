'use strict';

// BroadcastChannel: what one of a name says, all others of the name hear.

const {
  codes: { ERR_INVALID_THIS, ERR_MISSING_ARGS },
} = require('internal/errors');
const { DOMException } = require('internal/domexception');
const { inspect } = require('internal/util/inspect');
const { EventTarget, defineEventHandler } = require('internal/event_target');
const { makeMessage } = require('internal/messaging/message');
const { MessageEvent } = require('internal/messaging/message_event');
const { Queue } = require('internal/util/queue');
const { runNextTicks } = require('internal/process/task_queues');

const kInspect = Symbol.for('nodejs.util.inspect.custom');

// Open channels by name.
const groups = new Map();

let isBroadcastChannel;
let takeMessage;

class BroadcastChannel extends EventTarget {
  #name;
  #queue = new Queue();
  #handle;

  static {
    isBroadcastChannel = (value) => typeof value === 'object' && value !== null && #queue in value;
    takeMessage = (channel) => {
      const message = channel.#queue.shift();
      return message && { message: message.read() };
    };
  }

  static #check(value) {
    if (!isBroadcastChannel(value)) throw new ERR_INVALID_THIS('BroadcastChannel');
    return value;
  }

  constructor(name) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    super();
    this.#name = `${name}`;
    this.#handle = new ops.LoopHandle(this.#onLoop, this);
    this.#handle.setRef(true);
    const group = groups.get(this.#name);
    if (group === undefined) groups.set(this.#name, new Set([this]));
    else group.add(this);
  }

  get name() {
    return BroadcastChannel.#check(this).#name;
  }

  postMessage(message) {
    BroadcastChannel.#check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('message');
    if (this.#handle === undefined) throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    const made = makeMessage(message);
    for (const channel of groups.get(this.#name)) {
      if (channel === this) continue;
      channel.#queue.push(made);
      channel.#handle.send();
    }
  }

  close() {
    BroadcastChannel.#check(this);
    if (this.#handle === undefined) return;
    this.#handle.close();
    this.#handle = undefined;
    const group = groups.get(this.#name);
    group.delete(this);
    if (group.size === 0) groups.delete(this.#name);
  }

  ref() {
    BroadcastChannel.#check(this).#handle?.setRef(true);
    return this;
  }

  unref() {
    BroadcastChannel.#check(this).#handle?.setRef(false);
    return this;
  }

  #onLoop() {
    // What is said meanwhile is heard in the next turn.
    for (let left = this.#queue.length; left > 0 && this.#queue.length !== 0; left--) {
      let type = 'message';
      let data;
      try {
        data = this.#queue.shift().read();
      } catch (err) {
        type = 'messageerror';
        data = err;
      }
      this.dispatchEvent(new MessageEvent(type, { data }));
      if (left > 1) runNextTicks();
      if (this.#handle === undefined) return;
    }
  }

  [kInspect](depth, options) {
    BroadcastChannel.#check(this);
    if (depth < 0) return 'BroadcastChannel';
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `BroadcastChannel ${inspect({ name: this.#name, active: this.#handle !== undefined }, nested)}`;
  }
}

for (const name of ['name', 'close', 'postMessage', 'ref', 'unref']) {
  Object.defineProperty(BroadcastChannel.prototype, name, { __proto__: null, enumerable: true });
}
defineEventHandler(BroadcastChannel.prototype, 'message');
defineEventHandler(BroadcastChannel.prototype, 'messageerror');

module.exports = { BroadcastChannel, isBroadcastChannel, takeMessage };

'use strict';

// MessageEvent, whose complaints about its arguments are in the words of the
// web's bindings.

const { inspect } = require('internal/util/inspect');
const { Event } = require('internal/event_target');
const { exposeAsInterface } = require('internal/event_target/event');

// Set by messaging/message_port, which needs this module first.
let isMessagePort;

function show(value) {
  return typeof value === 'string' ? JSON.stringify(value) : inspect(value);
}

function complain(text) {
  throw new TypeError(`MessageEvent constructor: ${text}`);
}

function checkPort(value, name) {
  if (!isMessagePort(value)) {
    complain(`Expected eventInitDict.${name} ("${show(value)}") to be an instance of MessagePort.`);
  }
  return value;
}

function portsOf(value) {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || typeof value[Symbol.iterator] !== 'function') {
    complain(`eventInitDict.ports (${show(value)}) is not iterable.`);
  }
  return Array.from(value, (port, at) => checkPort(port, `ports[${at}]`));
}

class MessageEvent extends Event {
  #data;
  #origin;
  #lastEventId;
  #source;
  #ports;

  constructor(type, init = undefined) {
    if (arguments.length === 0) {
      throw new TypeError('MessageEvent constructor: 1 argument required, but only 0 present.');
    }
    super(type, init);
    const { data = null, origin = '', lastEventId = '', source = null, ports } = init ?? {};
    this.#data = data;
    this.#origin = `${origin}`;
    this.#lastEventId = `${lastEventId}`;
    this.#source = source === null ? null : checkPort(source, 'source');
    this.#ports = Object.freeze(portsOf(ports));
  }

  get data() {
    return this.#data;
  }

  get origin() {
    return this.#origin;
  }

  get lastEventId() {
    return this.#lastEventId;
  }

  get source() {
    return this.#source;
  }

  get ports() {
    return this.#ports;
  }

  initMessageEvent(type, bubbles = false, cancelable = false, data = null, origin = '', lastEventId = '',
                   source = null, ports = []) {
    super.initEvent(type, bubbles, cancelable);
    this.#data = data;
    this.#origin = `${origin}`;
    this.#lastEventId = `${lastEventId}`;
    this.#source = source === null ? null : checkPort(source, 'source');
    this.#ports = Object.freeze(portsOf(ports));
  }
}
exposeAsInterface(MessageEvent);

module.exports = {
  MessageEvent,
  setIsMessagePort(test) {
    isMessagePort = test;
  },
};

'use strict';

// MessagePort and MessageChannel, as programs see them.

const {
  codes: {
    ERR_CLOSED_MESSAGE_PORT, ERR_CONSTRUCT_CALL_INVALID, ERR_CONSTRUCT_CALL_REQUIRED, ERR_METHOD_NOT_IMPLEMENTED,
    ERR_MISSING_ARGS,
  },
} = require('internal/errors');
const { emitInit, getDefaultTriggerAsyncId } = require('internal/async_hooks');
const {
  NodeEventTarget, defineEventHandler, initEventTarget, kCreateEvent, kNewListener, kRemoveListener,
} = require('internal/event_target');
const { inspect } = require('internal/util/inspect');
const { dataCloneError, makeMessage } = require('internal/messaging/message');
const { MessageEvent, setIsMessagePort } = require('internal/messaging/message_event');
const { PortData, PortState } = require('internal/messaging/port_data');
const { readTransferList } = require('internal/messaging/transfer_list');
const { defineTransferable, kCheckTransfer } = require('internal/messaging/transferable');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const kState = Symbol('kState');

// Ports come out of channels and messages only.
function MessagePort() {
  throw new ERR_CONSTRUCT_CALL_INVALID();
}

function makePort(data) {
  const port = Object.create(MessagePort.prototype);
  const state = new PortState(port, data);
  Object.defineProperty(port, kState, { __proto__: null, value: state });
  emitInit(state.asyncId, 'MESSAGEPORT', getDefaultTriggerAsyncId(), port);
  initEventTarget(port);
  state.wake();
  return port;
}

function isMessagePort(value) {
  return typeof value === 'object' && value !== null && value[kState] instanceof PortState;
}
setIsMessagePort(isMessagePort);

function stateOf(port) {
  if (!isMessagePort(port)) throw new TypeError('Illegal invocation');
  return port[kState];
}

const methods = {
  postMessage(message, transferList) {
    const state = stateOf(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('message');
    const list = readTransferList(transferList);
    const { data } = state;
    const made = makeMessage(message, list, this);
    const sibling = data?.sibling ?? null;
    if (sibling === null) return;
    if (made.movedCount !== 0 && made.records.some((record) => record?.data === sibling)) {
      process.emitWarning('The target port was posted to itself, and the communication channel was lost');
      data.abandon();
      state.close();
      return;
    }
    sibling.push(made);
  },

  start() {
    stateOf(this).start();
  },

  close(callback) {
    if (typeof callback === 'function') this.once('close', callback);
    stateOf(this).close();
  },

  ref() {
    stateOf(this).setRef(true);
  },

  unref() {
    stateOf(this).setRef(false);
  },

  hasRef() {
    return stateOf(this).refed;
  },
};

Object.setPrototypeOf(MessagePort, NodeEventTarget);
Object.setPrototypeOf(MessagePort.prototype, NodeEventTarget.prototype);
Object.assign(MessagePort.prototype, methods);
defineEventHandler(MessagePort.prototype, 'message');
defineEventHandler(MessagePort.prototype, 'messageerror');

const inner = {
  [kCreateEvent](value, type) {
    if (type !== 'message' && type !== 'messageerror') {
      return Reflect.apply(NodeEventTarget.prototype[kCreateEvent], this, [value, type]);
    }
    return new MessageEvent(type, { data: value, ports: this[kState].arrivingPorts });
  },

  // Listening to messages starts their flow and keeps the process alive.
  [kNewListener](size, type, ...rest) {
    if (type === 'message' && size === 1) {
      this[kState].setRef(true);
      this[kState].start();
    }
    Reflect.apply(NodeEventTarget.prototype[kNewListener], this, [size, type, ...rest]);
  },

  [kRemoveListener](size, type, ...rest) {
    if (type === 'message' && size === 0) {
      this[kState].setRef(false);
      this[kState].stop();
    }
    Reflect.apply(NodeEventTarget.prototype[kRemoveListener], this, [size, type, ...rest]);
  },

  [kCheckTransfer]() {
    if (!this[kState].isOpen) throw dataCloneError('MessagePort in transfer list is already detached');
  },

  [kInspect](depth, options) {
    const active = isMessagePort(this) && this[kState].isOpen;
    const shown = active ? { active, refed: this[kState].refed } : { active };
    return `MessagePort [EventTarget] ${inspect(shown, options)}`;
  },
};
for (const name of Object.getOwnPropertySymbols(inner)) {
  Object.defineProperty(MessagePort.prototype, name, {
    __proto__: null, configurable: true, enumerable: false, writable: true, value: inner[name],
  });
}

defineTransferable(MessagePort.prototype, function() {
  return { type: 'MessagePort', data: this[kState].detach() };
});
core.registerCloneableResource('MessagePort', ({ data }) => makePort(data));

function MessageChannel() {
  if (new.target === undefined) throw new ERR_CONSTRUCT_CALL_REQUIRED('MessageChannel');
  const [one, other] = PortData.pair();
  this.port1 = makePort(one);
  this.port2 = makePort(other);
}

function moveMessagePortToContext(port) {
  if (!isMessagePort(port)) {
    const error = new TypeError('The "port" argument must be a MessagePort instance');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  if (!stateOf(port).isOpen) throw new ERR_CLOSED_MESSAGE_PORT();
  throw new ERR_METHOD_NOT_IMPLEMENTED('worker_threads.moveMessagePortToContext()');
}

module.exports = {
  MessageChannel, MessagePort, isMessagePort, moveMessagePortToContext, takeMessage: (port) => stateOf(port).take(),
};

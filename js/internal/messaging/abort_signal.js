'use strict';

// Abort signals in messages: one that was made transferable can be sent as often as wanted, and each copy aborts after it.

const { AbortController, AbortSignal, abortSignal, makeSignal } = require('internal/abort_controller');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { MessageChannel } = require('internal/messaging/message_port');
const { defineTransferable } = require('internal/messaging/transferable');

function transfer() {
  if (this.aborted) return { type: 'AbortSignal', aborted: true, reason: this.reason };
  const { port1, port2 } = new MessageChannel();
  port1.unref();
  this.addEventListener('abort', () => {
    port1.postMessage(this.reason);
    port1.close();
  }, { once: true });
  return { type: 'AbortSignal', aborted: false, port: port2 };
}

core.registerCloneableResource('AbortSignal', ({ aborted, reason, port }) => {
  if (aborted) return AbortSignal.abort(reason);
  const signal = makeSignal();
  port.onmessage = ({ data }) => {
    abortSignal(signal, data);
    port.close();
  };
  port.unref();
  return signal;
});

function transferableAbortSignal(signal) {
  if (!(signal instanceof AbortSignal)) throw new ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  defineTransferable(signal, transfer);
  return signal;
}

function transferableAbortController() {
  const controller = new AbortController();
  transferableAbortSignal(controller.signal);
  return controller;
}

module.exports = { transferableAbortController, transferableAbortSignal };

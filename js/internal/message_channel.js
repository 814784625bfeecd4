'use strict';

// Messages between ports and channels of one process, as the global object and
// worker_threads ask for them. The parts are in internal/messaging/.

const { BroadcastChannel, isBroadcastChannel, takeMessage } = require('internal/messaging/broadcast_channel');
const { MessageEvent } = require('internal/messaging/message_event');
const ports = require('internal/messaging/message_port');

const { MessageChannel, MessagePort, isMessagePort, moveMessagePortToContext } = ports;

function receiveMessageOnPort(port) {
  if (isMessagePort(port)) return ports.takeMessage(port);
  if (isBroadcastChannel(port)) return takeMessage(port);
  // Thrown by native code in Node, which words it so.
  const error = new TypeError('The "port" argument must be a MessagePort instance');
  error.code = 'ERR_INVALID_ARG_TYPE';
  throw error;
}

module.exports = {
  BroadcastChannel,
  MessageChannel,
  MessageEvent,
  MessagePort,
  moveMessagePortToContext,
  receiveMessageOnPort,
};

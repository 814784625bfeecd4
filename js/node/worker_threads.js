'use strict';

// The public 'worker_threads' module, as the only thread sees it. Messages and
// ports are internal/message_channel's.

const {
  codes: { ERR_METHOD_NOT_IMPLEMENTED },
} = require('internal/errors');
const {
  BroadcastChannel, MessageChannel, MessagePort, moveMessagePortToContext, receiveMessageOnPort,
} = require('internal/message_channel');
const {
  isMarkedAsUntransferable, markAsUncloneable, markAsUntransferable,
} = require('internal/messaging/transferable');
const { getEnvironmentData, setEnvironmentData } = require('internal/worker_threads/environment');
const { Worker } = require('internal/worker_threads/worker');

async function postMessageToThread() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('worker_threads.postMessageToThread()');
}

module.exports = {
  isInternalThread: false,
  isMainThread: true,
  threadId: 0,
  threadName: '',
  parentPort: null,
  workerData: null,
  resourceLimits: {},
  SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  BroadcastChannel,
  MessageChannel,
  MessagePort,
  Worker,
  getEnvironmentData,
  isMarkedAsUntransferable,
  get locks() {
    return require('internal/locks').locks;
  },
  markAsUncloneable,
  markAsUntransferable,
  moveMessagePortToContext,
  postMessageToThread,
  receiveMessageOnPort,
  setEnvironmentData,
};

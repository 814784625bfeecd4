'use strict';
// The IPC channel as a ChildProcess and the process object of a child have it: send(), disconnect(), connected, channel, and the events
// 'message', 'internalMessage' and 'disconnect'. Bytes, queues and descriptors are Rust's (ext_cluster/src/channel.rs); what a handle is
// turned into is handles.js's.

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_IPC_CHANNEL_CLOSED, ERR_IPC_DISCONNECTED, ERR_MISSING_ARGS },
  ErrnoException,
  genericNodeError,
} = require('internal/errors');
const { validateObject } = require('internal/validators');
const { setImmediate } = require('timers');
const { nextTick } = require('internal/process/task_queues');
const { receiveHandle, sendHandle } = require('internal/child_process/handles');

// On a target with a channel: the native Channel, which other built-ins use.
const kChannelHandle = Symbol('kChannelHandle');
const kLink = Symbol('kLink');

// What the native send() returns.
const WRITTEN = 0;
const QUEUED_BACK_OFF = 2;
const UV_EINVAL = -22;

const PREFIX = 'NODE_';
const MESSAGE_TYPES = ['string', 'object', 'number', 'boolean'];

function isInternal(message) {
  return message !== null && typeof message === 'object' && typeof message.cmd === 'string' &&
    message.cmd.length > PREFIX.length && message.cmd.startsWith(PREFIX);
}

// What users get as `channel`. Until they say otherwise, the channel keeps the loop alive while somebody listens.
class Control extends EventEmitter {
  #handle;
  #listeners = 0;
  #decided = false;

  constructor(handle) {
    super();
    this.#handle = handle;
  }

  refCounted() {
    if (++this.#listeners === 1 && !this.#decided) this.#handle.ref();
  }

  unrefCounted() {
    if (--this.#listeners !== 0 || this.#decided) return;
    this.#handle.unref();
    this.emit('unref');
  }

  ref() {
    this.#decided = true;
    this.#handle.ref();
  }

  unref() {
    this.#decided = true;
    this.#handle.unref();
  }

  get fd() {
    return this.#handle.fd;
  }
}

// One end of a channel and its target.
class Link {
  constructor(target, handle, onClosed) {
    this.target = target;
    this.handle = handle;
    this.onClosed = onClosed;
    // Callbacks of messages that are not written yet, in order.
    this.callbacks = [];
    // Messages that came before anybody listened.
    this.unheard = [];
    this.disconnecting = false;
    // Servers whose connections are known on the other side, by the server's key (handles.js).
    this.sentFrom = { __proto__: null };
    this.receivedFrom = { __proto__: null };
  }

  emitMessage(message, handle) {
    const { target } = this;
    if (target.listenerCount('message') !== 0) target.emit('message', message, handle);
    else this.unheard.push(message, handle);
  }

  // A message with its handle, if it came with one.
  dispatch(message, handle) {
    if (this.disconnecting) return;
    if (isInternal(message)) this.target.emit('internalMessage', message, handle);
    else this.emitMessage(message, handle);
  }

  onInternal(message) {
    switch (message.cmd) {
      case 'NODE_HANDLE_ACK':
      case 'NODE_HANDLE_NACK':
        // Rust knows these, unless their fields come in an order that nobody writes them in.
        this.handle.handleAnswered(message.cmd === 'NODE_HANDLE_ACK');
        break;
      case 'NODE_HANDLE':
        receiveHandle(this, message, dispatchReceived, reportHandle);
        break;
      default:
        this.target.emit('internalMessage', message, undefined);
    }
  }

  // Nothing more is sent or received; 'disconnect' follows.
  finish() {
    this.disconnecting = true;
    this.target.channel = null;
    this.target[kChannelHandle] = null;
    nextTick(closeLink, this);
  }
}

// The callback of receiveHandle().
function dispatchReceived(link, message, handle) {
  link.dispatch(message, handle);
}

function closeLink(link) {
  link.handle.close();
  const { callbacks } = link;
  link.callbacks = [];
  for (let i = 0; i < callbacks.length; i++) nextTick(callbacks[i], null);
  if (callbacks.length === 0) emitDisconnect(link);
  else nextTick(emitDisconnect, link);
}

function emitDisconnect(link) {
  link.target.emit('disconnect');
  link.onClosed?.(link.target);
}

// The functions that Rust calls, with the link as `this`.

function onReadable() {
  const { handle } = this;
  let message = handle.next();
  while (message !== undefined) {
    if (isInternal(message)) this.onInternal(message);
    else this.emitMessage(message, undefined);
    message = handle.next();
    // Each message is a callback of its own, after which ticks and microtasks run; after the last one the caller sees to it.
    if (message !== undefined) core.runNextTicks();
    if (this.disconnecting) return;
  }
}

// What came is not what its message says.
function reportHandle(link, err) {
  onEnded.call(link, `IPC handle: ${err.message}`);
}

function onEnded(fault) {
  const { target } = this;
  if (fault !== undefined) reportFault(target, fault);
  if (this.disconnecting) return;
  target.connected = false;
  this.finish();
}

// The peer's bytes were no messages. That is no reason for this process to fall.
function reportFault(target, fault) {
  const err = genericNodeError(fault, { code: 'ERR_IPC_INVALID_MESSAGE' });
  if (target.listenerCount('error') !== 0) target.emit('error', err);
  else process.emitWarning(err);
}

function onWritten(count, errno) {
  const done = this.callbacks.splice(0, count);
  const err = errno === 0 ? null : new ErrnoException(errno, 'write');
  for (let i = 0; i < done.length; i++) nextTick(done[i], err);
}

// Handles that were asked for again and again, or the end of a wait for the last of them.
function onHandled(lost) {
  for (let i = 0; i < lost; i++) {
    process.emitWarning('Handle did not reach the receiving process correctly', 'SentHandleNotReceivedWarning');
  }
  if (!this.target.connected && !this.disconnecting && !this.handle.awaitHandles()) this.finish();
}

function emitError(target, err) {
  target.emit('error', err);
}

function fail(target, err, callback) {
  if (typeof callback === 'function') nextTick(callback, err);
  else nextTick(emitError, target, err);
}

function send(message, handle, options, callback) {
  if (typeof handle === 'function') {
    callback = handle;
    handle = undefined;
    options = undefined;
  } else if (typeof options === 'function') {
    callback = options;
    options = undefined;
  } else if (options !== undefined) {
    validateObject(options, 'options');
  }
  if (this.connected) return this._send(message, handle, options, callback);
  fail(this, new ERR_IPC_CHANNEL_CLOSED(), callback);
  return false;
}

// Also for messages that are sent while disconnecting.
function _send(message, handle, options, callback) {
  if (message === undefined) throw new ERR_MISSING_ARGS('message');
  const type = typeof message;
  if (type !== 'object' && type !== 'string' && type !== 'number' && type !== 'boolean') {
    throw new ERR_INVALID_ARG_TYPE('message', MESSAGE_TYPES, message);
  }
  const link = this[kLink];
  const tracked = typeof callback === 'function';
  const status = handle ?
    sendHandle(link, message, handle, options, tracked) :
    link.handle.send(message, tracked);
  if (status >= 0) {
    if (tracked) {
      if (status === WRITTEN) nextTick(callback, null);
      else link.callbacks.push(callback);
    }
    return status !== QUEUED_BACK_OFF;
  }
  if (status === UV_EINVAL && !handle) throw new ERR_INVALID_ARG_TYPE('message', MESSAGE_TYPES, message);
  if (options !== true && options?.swallowErrors !== true) failWrite(this, new ErrnoException(status, 'write'), callback);
  return true;
}

// A peer that is gone has left the channel's end to be read: 'disconnect' comes before the error, and a cluster's worker ends by it.
function failWrite(target, err, callback) {
  if (typeof callback === 'function') nextTick(callback, err);
  else setImmediate(emitError, target, err);
}

function disconnect() {
  if (!this.connected) {
    this.emit('error', new ERR_IPC_DISCONNECTED());
    return;
  }
  this.connected = false;
  this._disconnect();
}

function _disconnect() {
  const link = this[kLink];
  // A handle on its way is waited for: the peer may ask for it again.
  if (!link.disconnecting && !link.handle.awaitHandles()) link.finish();
}

// Messages that nobody has heard yet go to the first who listens.
function onNewListener(name) {
  if (name === 'message' && this[kLink].unheard.length !== 0) nextTick(emitUnheard, this[kLink]);
}

function emitUnheard(link) {
  if (link.disconnecting || link.target.listenerCount('message') === 0) return;
  const { unheard } = link;
  link.unheard = [];
  for (let i = 0; i < unheard.length; i += 2) nextTick(emitOne, link, unheard[i], unheard[i + 1]);
}

function emitOne(link, message, handle) {
  if (!link.disconnecting) link.emitMessage(message, handle);
}

// A native channel on descriptor `fd`, which it takes over; throws when that is no socket.
function openChannel(fd, serialization) {
  const handle = new ops.Channel(serialization === 'advanced', Buffer, Buffer.prototype);
  const status = handle.open(fd);
  if (status) throw new ErrnoException(status, 'open');
  return handle;
}

// Gives `target` the channel's methods and starts reading. `onClosed(target)` is called once it is closed from either side.
function setupChannel(target, handle, onClosed) {
  const control = new Control(handle);
  const link = new Link(target, handle, onClosed);
  target.channel = control;
  target[kChannelHandle] = handle;
  target[kLink] = link;
  target.connected = true;
  target.send = send;
  target._send = _send;
  target.disconnect = disconnect;
  target._disconnect = _disconnect;
  target.on('newListener', onNewListener);
  handle.start(link, onReadable, onEnded, onWritten, onHandled);
  return control;
}

module.exports = { isInternal, kChannelHandle, openChannel, setupChannel };

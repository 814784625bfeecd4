'use strict';
// require('dgram'): datagram sockets. Binding, sending and settings are in internal/dgram/, the native handles in ext_net/src/udp.rs.

const EventEmitter = require('events');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_IP_BLOCKED, ERR_SOCKET_DGRAM_IS_CONNECTED, ERR_SOCKET_DGRAM_NOT_CONNECTED },
  ErrnoException,
  ExceptionWithHostPort,
} = require('internal/errors');
const { destroyHooksExist } = require('internal/async_hooks');
const { addAbortListener } = require('internal/events/abort_listener');
const { deprecate } = require('internal/util/deprecate');
const { validateAbortSignal, validatePort, validateString, validateUint32 } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { BlockList } = require('internal/net/block_list');
const { isIP } = require('internal/net/ip');
const { describeOwners, disowned, kOnMessage, kOnMessageFailed, kOnSent, kState, own } = require('internal/net/pump');
const { _createSocketHandle, newHandle } = require('internal/dgram');
const { BOUND, UNBOUND, bind, bindImplicitly, stopReceiving, whenBound } = require('internal/dgram/bind');
const { onSent, send, sendto } = require('internal/dgram/send');
const { CONNECTED, CONNECTING, DISCONNECTED, handleOf, settings } = require('internal/dgram/settings');

function Socket(type, listener) {
  EventEmitter.call(this);
  let options;
  if (type !== null && typeof type === 'object') {
    options = type;
    ({ type } = options);
    for (const name of ['recvBufferSize', 'sendBufferSize']) {
      if (options[name]) validateUint32(options[name], `options.${name}`);
    }
    for (const name of ['receiveBlockList', 'sendBlockList']) {
      if (options[name] && !BlockList.isBlockList(options[name])) {
        throw new ERR_INVALID_ARG_TYPE(`options.${name}`, 'net.BlockList', options[name]);
      }
    }
  }
  const handle = newHandle(type, options?.lookup);
  this.type = type;
  if (typeof listener === 'function') this.on('message', listener);
  this[kState] = {
    handle,
    receiving: false,
    bindState: UNBOUND,
    connectState: DISCONNECTED,
    // What is to be done once the socket is bound.
    queue: undefined,
    // What waits for the kernel, in its order: { callback, address, port }.
    sending: [],
    reuseAddr: options?.reuseAddr,
    reusePort: options?.reusePort,
    ipv6Only: options?.ipv6Only,
    recvBufferSize: options?.recvBufferSize,
    sendBufferSize: options?.sendBufferSize,
    receiveBlockList: options?.receiveBlockList,
    sendBlockList: options?.sendBlockList,
  };
  own(this, handle, 'UDPWRAP');
  if (options?.signal !== undefined) closeOnAbort(this, options.signal);
}
Object.setPrototypeOf(Socket.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Socket, EventEmitter);

describeOwners((object) => (object instanceof Socket && object[kState].receiving ? 'UDPWrap' : undefined));

function createSocket(type, listener) {
  return new Socket(type, listener);
}

function closeOnAbort(socket, signal) {
  validateAbortSignal(signal, 'options.signal');
  const onAborted = () => {
    if (socket[kState].handle) socket.close();
  };
  if (signal.aborted) {
    onAborted();
  } else {
    const listener = addAbortListener(signal, onAborted);
    socket.once('close', listener[Symbol.dispose]);
  }
}

// ---------------------------------------------------------------------------
// Receiving

Socket.prototype[kOnMessage] = function(buffer, port, family, address) {
  const rinfo = { address, family: family === 6 ? 'IPv6' : 'IPv4', port, size: buffer.length };
  const { receiveBlockList } = this[kState];
  if (receiveBlockList?.check(address, family === 6 ? 'ipv6' : 'ipv4')) return;
  this.emit('message', buffer, rinfo);
};

Socket.prototype[kOnMessageFailed] = function(status) {
  this.emit('error', new ErrnoException(status, 'recvmsg'));
};

Socket.prototype.bind = bind;
Socket.prototype.send = send;
Socket.prototype.sendto = sendto;
Socket.prototype[kOnSent] = onSent;

// ---------------------------------------------------------------------------
// Connecting

Socket.prototype.connect = function(port, address, callback) {
  port = validatePort(port, 'Port', false);
  if (typeof address === 'function') {
    callback = address;
    address = '';
  } else if (address === undefined) {
    address = '';
  }
  validateString(address, 'address');
  const state = this[kState];
  if (state.connectState !== DISCONNECTED) throw new ERR_SOCKET_DGRAM_IS_CONNECTED();
  state.connectState = CONNECTING;
  bindImplicitly(this);
  const connect = () => {
    if (callback) this.once('connect', callback);
    state.handle.lookup(address, (err, ip) => connectTo(this, err, ip, address, port, callback));
  };
  if (state.bindState === BOUND) connect();
  else whenBound(this, connect);
};

function connectTo(socket, err, ip, address, port, callback) {
  const state = socket[kState];
  if (!state.handle) return;
  if (!err && state.sendBlockList?.check(ip, `ipv${isIP(ip)}`)) err = new ERR_IP_BLOCKED(ip);
  if (!err) {
    const status = state.handle.connect(ip, port);
    if (status) err = new ExceptionWithHostPort(status, 'connect', address, port);
  }
  if (!err) {
    state.connectState = CONNECTED;
    nextTick(() => socket.emit('connect'));
    return;
  }
  state.connectState = DISCONNECTED;
  nextTick(() => {
    if (callback) {
      socket.removeListener('connect', callback);
      callback(err);
    } else {
      socket.emit('error', err);
    }
  });
}

Socket.prototype.disconnect = function() {
  const state = this[kState];
  if (state.connectState !== CONNECTED) throw new ERR_SOCKET_DGRAM_NOT_CONNECTED();
  const status = state.handle.disconnect();
  if (status) throw new ErrnoException(status, 'connect');
  state.connectState = DISCONNECTED;
};

// ---------------------------------------------------------------------------
// The rest

Socket.prototype.close = function(callback) {
  const state = this[kState];
  if (typeof callback === 'function') this.on('close', callback);
  // What waits for the socket to be bound comes first.
  if (state.queue !== undefined) {
    state.queue.push(() => this.close());
    return this;
  }
  const handle = handleOf(this);
  stopReceiving(this);
  handle.close();
  state.handle = null;
  if (destroyHooksExist()) disowned(this);
  nextTick(emitClose, this);
  return this;
};

function emitClose(socket) {
  socket.emit('close');
}

Socket.prototype[Symbol.asyncDispose] = async function() {
  if (!this[kState].handle) return;
  await new Promise((resolve) => this.close(resolve));
};

Socket.prototype.address = function() {
  const out = {};
  const status = handleOf(this).getsockname(out);
  if (status) throw new ErrnoException(status, 'getsockname');
  return out;
};

Socket.prototype.remoteAddress = function() {
  const handle = handleOf(this);
  if (this[kState].connectState !== CONNECTED) throw new ERR_SOCKET_DGRAM_NOT_CONNECTED();
  const out = {};
  const status = handle.getpeername(out);
  if (status) throw new ErrnoException(status, 'getpeername');
  return out;
};

Socket.prototype.ref = function() {
  this[kState].handle?.ref();
  return this;
};

Socket.prototype.unref = function() {
  this[kState].handle?.unref();
  return this;
};

for (const [name, method] of Object.entries(settings)) Socket.prototype[name] = method;

// What programs had before there was a state of its own.
for (const [name, key] of [['_handle', 'handle'], ['_receiving', 'receiving'], ['_bindState', 'bindState'], ['_queue', 'queue'],
  ['_reuseAddr', 'reuseAddr']]) {
  const text = `Socket.prototype.${name} is deprecated`;
  Object.defineProperty(Socket.prototype, name, {
    __proto__: null,
    get: deprecate(function() { return this[kState][key]; }, text, 'DEP0112'),
    set: deprecate(function(value) { this[kState][key] = value; }, text, 'DEP0112'),
  });
}
Socket.prototype._healthCheck = deprecate(function() { handleOf(this); }, 'Socket.prototype._healthCheck() is deprecated', 'DEP0112');
Socket.prototype._stopReceiving = deprecate(function() { stopReceiving(this); }, 'Socket.prototype._stopReceiving() is deprecated', 'DEP0112');

module.exports = {
  Socket,
  _createSocketHandle: deprecate(_createSocketHandle, 'dgram._createSocketHandle() is deprecated', 'DEP0112'),
  createSocket,
};

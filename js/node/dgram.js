'use strict';
// require('dgram'): datagram sockets. Their settings are in internal/dgram/settings.js, their native handles ext_net/src/udp.rs.

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const {
  codes: {
    ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_INVALID_FD_TYPE, ERR_IP_BLOCKED, ERR_SOCKET_ALREADY_BOUND,
    ERR_SOCKET_DGRAM_IS_CONNECTED, ERR_SOCKET_DGRAM_NOT_CONNECTED,
  },
  ErrnoException,
  ExceptionWithHostPort,
} = require('internal/errors');
const { destroyHooksExist } = require('internal/async_hooks');
const { addAbortListener } = require('internal/events/abort_listener');
const { deprecate } = require('internal/util/deprecate');
const { isArrayBufferView } = require('internal/util/types');
const {
  isInt32, validateAbortSignal, validateNumber, validatePort, validateString, validateUint32,
} = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { BlockList } = require('internal/net/block_list');
const { isIP } = require('internal/net/ip');
const { getClusterListen } = require('internal/net/listen');
const { describeOwners, disowned, kOnMessage, kOnMessageFailed, kOnSent, kState, own } = require('internal/net/pump');
const { _createSocketHandle, newHandle } = require('internal/dgram');
const { bufferSize, handleOf, settings } = require('internal/dgram/settings');

const UNBOUND = 0;
const BINDING = 1;
const BOUND = 2;

const DISCONNECTED = 0;
const CONNECTING = 1;
const CONNECTED = 2;

// Flags of a bind.
const IPV6_ONLY = 1;
const REUSE_ADDR = 4;
const REUSE_PORT = 8;

const kTypes = ['string', 'Buffer', 'TypedArray', 'DataView'];

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

function startListening(socket) {
  const state = socket[kState];
  state.handle.recvStart();
  state.receiving = true;
  state.bindState = BOUND;
  if (state.recvBufferSize) bufferSize(socket, state.recvBufferSize, true);
  if (state.sendBufferSize) bufferSize(socket, state.sendBufferSize, false);
  socket.emit('listening');
}

function stopReceiving(socket) {
  const state = socket[kState];
  if (!state.receiving) return;
  state.handle.recvStop();
  state.receiving = false;
}

Socket.prototype[kOnMessage] = function(buffer, port, family, address) {
  const rinfo = { address, family: family === 6 ? 'IPv6' : 'IPv4', port, size: buffer.length };
  const { receiveBlockList } = this[kState];
  if (receiveBlockList?.check(address, family === 6 ? 'ipv6' : 'ipv4')) return;
  this.emit('message', buffer, rinfo);
};

Socket.prototype[kOnMessageFailed] = function(status) {
  this.emit('error', new ErrnoException(status, 'recvmsg'));
};

// ---------------------------------------------------------------------------
// Binding

// The socket's handle is another one from now on: the primary's, or one that came with a message.
function replaceHandle(socket, handle) {
  const state = socket[kState];
  const old = state.handle;
  handle.lookup = old.lookup;
  state.handle = handle;
  own(socket, handle, 'UDPWRAP');
  old.close();
}

function bindInCluster(socket, query, onError) {
  getClusterListen()(socket, query, (status, handle) => {
    // Closed meanwhile.
    if (!socket[kState].handle) {
      handle?.close();
      return;
    }
    if (status) {
      onError(status);
      return;
    }
    replaceHandle(socket, handle);
    startListening(socket);
  });
}

function bindFailed(socket, err) {
  socket[kState].bindState = UNBOUND;
  socket.emit('error', err);
}

Socket.prototype.bind = function(port, address, ...rest) {
  handleOf(this);
  const state = this[kState];
  if (state.bindState !== UNBOUND) throw new ERR_SOCKET_ALREADY_BOUND();
  state.bindState = BINDING;
  const callback = [port, address, ...rest].slice(0, arguments.length).at(-1);
  if (typeof callback === 'function') onceBound(this, callback);

  let exclusive = false;
  if (port !== null && typeof port === 'object') {
    if (typeof port.recvStart === 'function') {
      replaceHandle(this, port);
      startListening(this);
      return this;
    }
    exclusive = Boolean(port.exclusive);
    if (isInt32(port.fd) && port.fd > 0) {
      bindDescriptor(this, port.fd, exclusive);
      return this;
    }
    address = port.address || '';
    ({ port } = port);
  } else if (typeof address === 'function') {
    address = '';
  }
  if (!address) address = this.type === 'udp4' ? '0.0.0.0' : '::';
  state.handle.lookup(address, (err, ip) => {
    if (!state.handle) return;
    if (err) bindFailed(this, err);
    else bindAddress(this, ip, port, exclusive);
  });
  return this;
};

function onceBound(socket, callback) {
  function remove() {
    socket.removeListener('error', remove);
    socket.removeListener('listening', onListening);
  }
  function onListening() {
    remove();
    Reflect.apply(callback, socket, []);
  }
  socket.on('error', remove);
  socket.on('listening', onListening);
}

function bindDescriptor(socket, fd, exclusive) {
  const state = socket[kState];
  if (getClusterListen() !== null && !exclusive) {
    bindInCluster(socket, { address: null, port: null, addressType: socket.type, fd, flags: null }, (status) => {
      bindFailed(socket, new ErrnoException(status, 'open'));
    });
    return;
  }
  const type = ops.op_net_fd_type(fd);
  if (type !== 'UDP') throw new ERR_INVALID_FD_TYPE(type);
  const status = state.handle.open(fd);
  if (status) throw new ErrnoException(status, 'open');
  startListening(socket);
}

function bindAddress(socket, ip, port, exclusive) {
  const state = socket[kState];
  const flags = (state.reuseAddr ? REUSE_ADDR : 0) | (state.ipv6Only ? IPV6_ONLY : 0) | (state.reusePort ? REUSE_PORT : 0);
  // The kernel shares such a port, so the primary need not.
  if (getClusterListen() !== null && !exclusive && !state.reusePort) {
    bindInCluster(socket, { address: ip, port, addressType: socket.type, fd: -1, flags }, (status) => {
      bindFailed(socket, new ExceptionWithHostPort(status, 'bind', ip, port));
    });
    return;
  }
  const status = state.handle.bind(ip, port >>> 0, flags);
  if (status) bindFailed(socket, new ExceptionWithHostPort(status, 'bind', ip, port));
  else startListening(socket);
}

// Calls `action` once the socket is bound, which it is made to be where nobody has asked for it yet. Nothing is called when binding fails.
function whenBound(socket, action) {
  const state = socket[kState];
  if (state.queue === undefined) {
    state.queue = [];
    const onError = () => {
      socket.removeListener('listening', onListening);
      state.queue = undefined;
    };
    const onListening = () => {
      socket.removeListener(EventEmitter.errorMonitor, onError);
      const { queue } = state;
      state.queue = undefined;
      for (const waiting of queue) waiting();
    };
    socket.once(EventEmitter.errorMonitor, onError);
    socket.once('listening', onListening);
  }
  state.queue.push(action);
}

function bindImplicitly(socket) {
  if (socket[kState].bindState === UNBOUND) socket.bind({ port: 0, exclusive: true }, null);
}

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
// Sending

function slice(buffer, offset, length) {
  if (typeof buffer === 'string') buffer = Buffer.from(buffer);
  else if (!isArrayBufferView(buffer)) throw new ERR_INVALID_ARG_TYPE('buffer', kTypes, buffer);
  offset >>>= 0;
  length >>>= 0;
  if (offset > buffer.byteLength) throw new ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (offset + length > buffer.byteLength) throw new ERR_BUFFER_OUT_OF_BOUNDS('length');
  return Buffer.from(buffer.buffer, buffer.byteOffset + offset, length);
}

// The views of what is to be one datagram.
function toList(buffer) {
  if (typeof buffer === 'string') return [Buffer.from(buffer)];
  if (isArrayBufferView(buffer)) return [buffer];
  if (!Array.isArray(buffer)) throw new ERR_INVALID_ARG_TYPE('buffer', kTypes, buffer);
  return buffer.map((part) => {
    if (typeof part === 'string') return Buffer.from(part);
    if (!isArrayBufferView(part)) throw new ERR_INVALID_ARG_TYPE('buffer list arguments', kTypes, buffer);
    return part;
  });
}

// (msg[, offset, length][, port][, address][, callback]); a connected socket takes neither port nor address.
Socket.prototype.send = function(buffer, offset, length, port, address, callback) {
  const state = this[kState];
  const connected = state.connectState === CONNECTED;
  if (!connected) {
    if (address || (port && typeof port !== 'function')) {
      buffer = slice(buffer, offset, length);
    } else {
      callback = port;
      port = offset;
      address = length;
    }
  } else {
    if (typeof length === 'number') {
      buffer = slice(buffer, offset, length);
      if (typeof port === 'function') {
        callback = port;
        port = null;
      }
    } else {
      callback = offset;
    }
    if (port || address) throw new ERR_SOCKET_DGRAM_IS_CONNECTED();
  }
  const list = toList(buffer);
  if (!connected) port = validatePort(port, 'Port', false);
  if (typeof callback !== 'function') callback = undefined;
  if (typeof address === 'function') {
    callback = address;
    address = undefined;
  } else if (address != null) {
    validateString(address, 'address');
  }
  handleOf(this);
  bindImplicitly(this);
  if (state.bindState !== BOUND) {
    whenBound(this, () => this.send(list, port, address, callback));
    return;
  }
  if (connected) sendTo(this, null, '', list, address, 0, callback);
  else state.handle.lookup(address, (err, ip) => sendTo(this, err, ip, list, address, port, callback));
};

function sendTo(socket, err, ip, list, address, port, callback) {
  const state = socket[kState];
  if (err) {
    if (callback) nextTick(callback, err);
    else nextTick(() => socket.emit('error', err));
    return;
  }
  if (!state.handle) return;
  if (ip && state.sendBlockList?.check(ip, `ipv${isIP(ip)}`)) {
    if (callback) nextTick(callback, new ERR_IP_BLOCKED(ip));
    return;
  }
  const status = state.handle.send(list, port, ip);
  if (status === 0) state.sending.push({ callback, address, port });
  else if (callback) nextTick(callback, status < 0 ? new ExceptionWithHostPort(status, 'send', address, port) : null, status - 1);
}

Socket.prototype[kOnSent] = function(status) {
  const { callback, address, port } = this[kState].sending.shift();
  if (callback === undefined) return;
  if (status < 0) callback(new ExceptionWithHostPort(status, 'send', address, port), status);
  else callback(null, status);
};

Socket.prototype.sendto = function(buffer, offset, length, port, address, callback) {
  validateNumber(offset, 'offset');
  validateNumber(length, 'length');
  validateNumber(port, 'port');
  validateString(address, 'address');
  this.send(buffer, offset, length, port, address, callback);
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

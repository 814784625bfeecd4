'use strict';
// A datagram socket's way to an address of its own, by itself or through the cluster's primary; what waits for that.

const EventEmitter = require('events');
const {
  codes: { ERR_INVALID_FD_TYPE, ERR_SOCKET_ALREADY_BOUND },
  ErrnoException,
  ExceptionWithHostPort,
} = require('internal/errors');
const { isInt32 } = require('internal/validators');
const { getClusterListen } = require('internal/net/listen');
const { kState, own } = require('internal/net/pump');
const { bufferSize, handleOf } = require('internal/dgram/settings');

const UNBOUND = 0;
const BINDING = 1;
const BOUND = 2;

// Flags of a bind.
const IPV6_ONLY = 1;
const REUSE_ADDR = 4;
const REUSE_PORT = 8;

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

function bind(port, address, ...rest) {
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
}

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

module.exports = { BOUND, UNBOUND, bind, bindImplicitly, stopReceiving, whenBound };

'use strict';
// The settings of a datagram socket: buffers, time to live, broadcast, multicast groups. Methods of dgram.Socket.

const {
  codes: { ERR_MISSING_ARGS, ERR_SOCKET_BAD_BUFFER_SIZE, ERR_SOCKET_BUFFER_SIZE, ERR_SOCKET_DGRAM_NOT_RUNNING },
  ErrnoException,
} = require('internal/errors');
const { UV, errnoMessage, errnoName } = require('internal/errors/errno');
const { validateNumber, validateString } = require('internal/validators');
const { kState } = require('internal/net/pump');

// Whether a socket has a peer.
const DISCONNECTED = 0;
const CONNECTING = 1;
const CONNECTED = 2;

// The handle of a socket that is not closed.
function handleOf(socket) {
  const { handle } = socket[kState];
  if (!handle) throw new ERR_SOCKET_DGRAM_NOT_RUNNING();
  return handle;
}

function check(status, syscall) {
  if (status) throw new ErrnoException(status, syscall);
}

// Sets the kernel's buffer where `size` is not 0. Its size in bytes.
function bufferSize(socket, size, receiving) {
  if (size >>> 0 !== size) throw new ERR_SOCKET_BAD_BUFFER_SIZE();
  // Numbers that the kernel has no room for.
  const status = size > 0x7fffffff ? UV.UV_EINVAL : socket[kState].handle.bufferSize(size, receiving);
  if (status >= 0) return status;
  throw new ERR_SOCKET_BUFFER_SIZE({
    errno: status,
    code: errnoName(status),
    message: errnoMessage(status),
    syscall: receiving ? 'uv_recv_buffer_size' : 'uv_send_buffer_size',
  });
}

const settings = {
  setBroadcast(on) {
    check(handleOf(this).setBroadcast(Boolean(on)), 'setBroadcast');
  },

  setTTL(ttl) {
    validateNumber(ttl, 'ttl');
    check(handleOf(this).setTtl(ttl), 'setTTL');
    return ttl;
  },

  setMulticastTTL(ttl) {
    validateNumber(ttl, 'ttl');
    check(handleOf(this).setMulticastTtl(ttl), 'setMulticastTTL');
    return ttl;
  },

  setMulticastLoopback(on) {
    check(handleOf(this).setMulticastLoopback(Boolean(on)), 'setMulticastLoopback');
    return on;
  },

  setMulticastInterface(interfaceAddress) {
    const handle = handleOf(this);
    validateString(interfaceAddress, 'interfaceAddress');
    check(handle.setMulticastInterface(interfaceAddress), 'setMulticastInterface');
  },

  addMembership(multicastAddress, interfaceAddress) {
    const handle = handleOf(this);
    if (!multicastAddress) throw new ERR_MISSING_ARGS('multicastAddress');
    check(handle.addMembership(`${multicastAddress}`, `${interfaceAddress ?? ''}`), 'addMembership');
  },

  dropMembership(multicastAddress, interfaceAddress) {
    const handle = handleOf(this);
    if (!multicastAddress) throw new ERR_MISSING_ARGS('multicastAddress');
    check(handle.dropMembership(`${multicastAddress}`, `${interfaceAddress ?? ''}`), 'dropMembership');
  },

  addSourceSpecificMembership(sourceAddress, groupAddress, interfaceAddress) {
    const handle = handleOf(this);
    validateString(sourceAddress, 'sourceAddress');
    validateString(groupAddress, 'groupAddress');
    check(handle.addSourceSpecificMembership(sourceAddress, groupAddress, `${interfaceAddress ?? ''}`), 'addSourceSpecificMembership');
  },

  dropSourceSpecificMembership(sourceAddress, groupAddress, interfaceAddress) {
    const handle = handleOf(this);
    validateString(sourceAddress, 'sourceAddress');
    validateString(groupAddress, 'groupAddress');
    check(handle.dropSourceSpecificMembership(sourceAddress, groupAddress, `${interfaceAddress ?? ''}`), 'dropSourceSpecificMembership');
  },

  setRecvBufferSize(size) {
    bufferSize(this, size, true);
  },

  setSendBufferSize(size) {
    bufferSize(this, size, false);
  },

  getRecvBufferSize() {
    return bufferSize(this, 0, true);
  },

  getSendBufferSize() {
    return bufferSize(this, 0, false);
  },

  getSendQueueSize() {
    return handleOf(this).getSendQueueSize();
  },

  getSendQueueCount() {
    return handleOf(this).getSendQueueCount();
  },
};

module.exports = { CONNECTED, CONNECTING, DISCONNECTED, bufferSize, handleOf, settings };

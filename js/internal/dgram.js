'use strict';
// The native handles of datagram sockets: making one, and looking up the addresses that it is given.

const {
  codes: { ERR_SOCKET_BAD_TYPE },
} = require('internal/errors');
const { isInt32, validateFunction } = require('internal/validators');
const { ensurePump, kState } = require('internal/net/pump');

const UV_EINVAL = -22;

const families = { __proto__: null, udp4: 4, udp6: 6 };
const loopback = { __proto__: null, udp4: '127.0.0.1', udp6: '::1' };

// `lookup(address, callback)` is a property of the handle, as others look for it there.
function newHandle(type, lookup) {
  const family = families[type];
  if (typeof type !== 'string' || family === undefined) throw new ERR_SOCKET_BAD_TYPE();
  // The resolver is loaded by those who make sockets only.
  if (lookup === undefined) lookup = require('dns').lookup;
  else validateFunction(lookup, 'lookup');
  ensurePump();
  const handle = new ops.Udp();
  handle.lookup = (address, callback) => lookup(address || loopback[type], family, callback);
  return handle;
}

// A handle for descriptor `fd`, or one that is bound; or a negative errno.
function _createSocketHandle(address, port, addressType, fd, flags) {
  const handle = newHandle(addressType);
  let status = 0;
  if (isInt32(fd) && fd > 0) {
    status = ops.op_net_fd_type(fd) === 'UDP' ? handle.open(fd) : UV_EINVAL;
  } else if (port || address) {
    status = handle.bind(address, port >>> 0, flags >>> 0);
  }
  if (!status) return handle;
  handle.close();
  return status;
}

module.exports = { _createSocketHandle, kStateSymbol: kState, newHandle };

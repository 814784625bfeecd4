'use strict';
// Sending datagrams: from whatever the caller has, at once where the kernel takes it.

const { Buffer } = require('buffer');
const {
  codes: { ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_IP_BLOCKED, ERR_SOCKET_DGRAM_IS_CONNECTED },
  ExceptionWithHostPort,
} = require('internal/errors');
const { isArrayBufferView } = require('internal/util/types');
const { validateNumber, validatePort, validateString } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { isIP } = require('internal/net/ip');
const { kState } = require('internal/net/pump');
const { BOUND, bindImplicitly, whenBound } = require('internal/dgram/bind');
const { CONNECTED, handleOf } = require('internal/dgram/settings');

const kTypes = ['string', 'Buffer', 'TypedArray', 'DataView'];

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
function send(buffer, offset, length, port, address, callback) {
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
}

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
  if (status === 0) {
    state.sending.push({ callback, address, port });
  } else if (callback) {
    if (status < 0) nextTick(callback, new ExceptionWithHostPort(status, 'send', address, port));
    else nextTick(callback, null, status - 1);
  }
}

function onSent(status) {
  const { callback, address, port } = this[kState].sending.shift();
  if (callback === undefined) return;
  if (status < 0) callback(new ExceptionWithHostPort(status, 'send', address, port), status);
  else callback(null, status);
}

function sendto(buffer, offset, length, port, address, callback) {
  validateNumber(offset, 'offset');
  validateNumber(length, 'length');
  validateNumber(port, 'port');
  validateString(address, 'address');
  this.send(buffer, offset, length, port, address, callback);
}

module.exports = { onSent, send, sendto };

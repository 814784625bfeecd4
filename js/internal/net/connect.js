'use strict';
// Making a connection: the address, the name behind it, and the attempt. Several addresses of one name are happy_eyeballs.js's.

const {
  codes: {
    ERR_INVALID_ADDRESS_FAMILY, ERR_INVALID_ARG_TYPE, ERR_INVALID_IP_ADDRESS, ERR_IP_BLOCKED, ERR_MISSING_ARGS,
  },
  ExceptionWithHostPort,
} = require('internal/errors');
const {
  validateBoolean, validateFunction, validateInt32, validateNumber, validatePort, validateString,
} = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { finishEntry, startEntry } = require('internal/perf/observed');
const { isIP } = require('internal/net/ip');
const { checkBindError } = require('internal/net/bind');
const { connectSeveral } = require('internal/net/happy_eyeballs');
const {
  getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  kShortestAttempt,
} = require('internal/net/options');
const { Socket, ensurePump, kConnectDone, kHandle, reopen, setConnect, setHandle, startConnecting } = require('internal/net/socket');
const { applySettings, symbols: { kPeer } } = require('internal/net/socket_properties');

// getaddrinfo's flag: only families that this machine has an address of.
const ADDRCONFIG = 0x20;

function connect(socket, options, cb) {
  if (cb !== null) socket.once('connect', cb);
  if (socket._parent?.connecting) return socket;
  // null counts as a port here and is refused later.
  if (options.port === undefined && options.path == null) throw new ERR_MISSING_ARGS(['options', 'port', 'path']);
  if (socket.write !== Socket.prototype.write) socket.write = Socket.prototype.write;
  if (socket.destroyed) reopen(socket);
  const pipe = Boolean(options.path);
  if (!socket[kHandle]) {
    ensurePump();
    setHandle(socket, pipe ? new ops.Pipe() : new ops.Tcp());
  }
  socket._unrefTimer();
  socket.connecting = true;
  if (pipe) {
    validateString(options.path, 'options.path');
    connectTo(socket, { address: options.path });
  } else {
    lookupAndConnect(socket, options);
  }
  return socket;
}

function lookupAndConnect(socket, options) {
  const { localAddress, localPort } = options;
  const host = options.host || 'localhost';
  let { port } = options;
  validateString(host, 'options.host');
  if (localAddress && !isIP(localAddress)) throw new ERR_INVALID_IP_ADDRESS(localAddress);
  if (localPort) validateNumber(localPort, 'options.localPort');
  if (port !== undefined) {
    if (typeof port !== 'number' && typeof port !== 'string') {
      throw new ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], port);
    }
    validatePort(port);
  }
  port |= 0;
  let { autoSelectFamily, autoSelectFamilyAttemptTimeout: timeout } = options;
  if (autoSelectFamily != null) validateBoolean(autoSelectFamily, 'options.autoSelectFamily');
  else autoSelectFamily = getDefaultAutoSelectFamily();
  if (timeout != null) {
    validateInt32(timeout, 'options.autoSelectFamilyAttemptTimeout', 1);
    timeout = Math.max(timeout, kShortestAttempt);
  } else {
    timeout = getDefaultAutoSelectFamilyAttemptTimeout();
  }

  const target = { address: host, port, family: isIP(host), localAddress, localPort };
  if (target.family) {
    nextTick(() => {
      if (socket.connecting) connectTo(socket, target);
    });
    return;
  }

  if (options.lookup != null) validateFunction(options.lookup, 'options.lookup');
  // The resolver is loaded by those who connect by name only.
  const lookup = options.lookup ?? require('dns').lookup;
  const query = { family: options.family, hints: options.hints || 0 };
  const anyFamily = query.family !== 4 && query.family !== 6;
  if (anyFamily && query.hints === 0) query.hints = ADDRCONFIG;
  socket._host = host;
  if (autoSelectFamily && anyFamily && !localAddress) {
    query.all = true;
    lookup(host, query, (err, addresses) => onAddresses(socket, target, timeout, err, addresses));
  } else {
    lookup(host, query, (err, address, family) => onAddress(socket, target, err, address, family));
  }
}

function onAddress(socket, target, err, address, family) {
  const { address: host, port } = target;
  socket.emit('lookup', err, address, family, host);
  if (!socket.connecting) return;
  if (!err) err = addressError(address, family, host, port);
  if (err) {
    nextTick(fail, socket, err);
    return;
  }
  socket._unrefTimer();
  connectTo(socket, { ...target, address, family });
}

// `typeof address` is checked because a user's lookup may give anything.
function addressError(address, family, host, port) {
  if (typeof address !== 'string' || !isIP(address)) return new ERR_INVALID_IP_ADDRESS(address);
  if (family !== 4 && family !== 6) return new ERR_INVALID_ADDRESS_FAMILY(family, host, port);
  return null;
}

function onAddresses(socket, target, timeout, err, addresses) {
  const { address: host, port } = target;
  if (!socket.connecting) return;
  if (err) {
    socket.emit('lookup', err, undefined, undefined, host);
    nextTick(fail, socket, err);
    return;
  }
  const usable = [];
  for (const { address, family } of addresses) {
    socket.emit('lookup', err, address, family, host);
    if (!socket.connecting) return;
    if (addressError(address, family) === null && !usable.some((one) => one.address === address)) usable.push({ address, family });
  }
  if (usable.length === 0) {
    const [first] = addresses;
    nextTick(fail, socket, addressError(first?.address, first?.family, host, port));
    return;
  }
  socket._unrefTimer();
  if (usable.length === 1) connectTo(socket, { ...target, ...usable[0] });
  else connectSeveral(socket, inTurns(usable), { port, localPort: target.localPort, timeout }, connected);
}

// The families alternately, that of the first address first.
function inTurns(addresses) {
  const first = addresses.filter((one) => one.family === addresses[0].family);
  const second = addresses.filter((one) => one.family !== addresses[0].family);
  const turns = [];
  for (let i = 0; i < Math.max(first.length, second.length); i++) {
    if (i < first.length) turns.push(first[i]);
    if (i < second.length) turns.push(second[i]);
  }
  return turns;
}

function fail(socket, err) {
  socket.destroy(err);
}

// One attempt on the socket's own handle: to an address, or, without a family, to a path.
function connectTo(socket, { address, port, family, localAddress, localPort }) {
  const handle = socket[kHandle];
  if (localAddress || localPort) {
    localAddress ||= family === 6 ? '::' : '0.0.0.0';
    const status = checkBindError(handle.bind(localAddress, localPort || 0, 0), localPort, handle);
    if (status) {
      socket.destroy(new ExceptionWithHostPort(status, 'bind', localAddress, localPort));
      return;
    }
  }
  if (family && socket.blockList?.check(address, `ipv${family}`)) {
    socket.destroy(new ERR_IP_BLOCKED(address));
    return;
  }
  const entry = family ? startEntry('net', 'connect', { host: address, port }) : undefined;
  // In two steps, for V8 makes a function long-lived that is assigned to a property, with all that it refers to.
  const done = (status) => {
    if (socket.destroyed) return;
    if (status === 0) {
      connected(socket, entry, address, family, port);
      return;
    }
    socket.connecting = false;
    socket._sockname = undefined;
    const err = connectError(status, { address, port, localAddress, localPort });
    socket.emit('connectionAttemptFailed', address, port, family, err);
    socket.destroy(err);
  };
  socket[kConnectDone] = done;
  if (family) socket.emit('connectionAttempt', address, port, family);
  const status = startConnecting(socket, handle, address, family ? port : undefined);
  if (status) {
    socket[kConnectDone] = null;
    socket.destroy(refusedError(status, socket, address, port));
  }
}

// The error of an attempt that failed in time.
function connectError(status, { address, port, localAddress, localPort }) {
  const local = localAddress && localPort ? `${localAddress}:${localPort}` : undefined;
  const err = new ExceptionWithHostPort(status, 'connect', address, port, local);
  if (local !== undefined) {
    err.localAddress = localAddress;
    err.localPort = localPort;
  }
  return err;
}

// The error of an attempt that could not even be started.
function refusedError(status, socket, address, port) {
  const local = socket._getsockname();
  return new ExceptionWithHostPort(status, 'connect', address, port, `${local.address}:${local.port}`);
}

function connected(socket, entry, address, family, port) {
  socket.connecting = false;
  if (family) socket[kPeer] = { address, family: `IPv${family}`, port };
  socket._sockname = undefined;
  socket._unrefTimer();
  applySettings(socket);
  socket.emit('connect');
  socket.emit('ready');
  if (socket[kHandle] && socket.readable && !socket.isPaused()) socket.read(0);
  finishEntry(entry);
}

setConnect(connect);

module.exports = { connect };

'use strict';
// Making connections: the address, the name behind it, and one attempt or several side by side.

const {
  codes: { ERR_INVALID_ADDRESS_FAMILY, ERR_INVALID_ARG_TYPE, ERR_INVALID_IP_ADDRESS, ERR_IP_BLOCKED },
  ExceptionWithHostPort,
} = require('internal/errors');
const { validateBoolean, validateFunction, validateInt32, validateNumber, validatePort, validateString } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { clearTimeout, setTimeout } = require('timers');
const { ensureCallbacks } = require('internal/net/callbacks');
const { isIP } = require('internal/net/ip');
const {
  checkConnectOptions,
  getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
} = require('internal/net/options');
const { socketOpened } = require('internal/net/owners');
const { kConnectDone, kHandle, kSetKeepAlive, kSetKeepAliveDelay, kSetNoDelay, kSetTos, setConnect } = require('internal/net/socket');

const UV_ETIMEDOUT = -110;

function connect(socket, options, cb) {
  if (cb !== null) socket.once('connect', cb);
  checkConnectOptions(options);
  if (socket._parent?.connecting) return socket;
  if (socket.write !== Object.getPrototypeOf(socket).write) delete socket.write;
  if (socket.destroyed) {
    socket._undestroy();
    socket._peername = undefined;
    socket._sockname = undefined;
  }
  const pipe = Boolean(options.path);
  if (!socket[kHandle]) {
    ensureCallbacks();
    setHandle(socket, pipe ? new ops.Pipe() : new ops.Tcp());
  }
  socket._unrefTimer();
  socket.connecting = true;
  if (pipe) {
    validateString(options.path, 'options.path');
    start(socket, { path: options.path });
  } else {
    lookupAndConnect(socket, options);
  }
  return socket;
}

function setHandle(socket, handle) {
  socket[kHandle] = handle;
  handle.setOwner(socket);
  socketOpened(socket, handle);
}

function lookupAndConnect(socket, options) {
  const { localAddress, localPort } = options;
  const host = options.host || 'localhost';
  let { port } = options;
  if (localAddress && !isIP(localAddress)) throw new ERR_INVALID_IP_ADDRESS(localAddress);
  if (localPort) validateNumber(localPort, 'options.localPort');
  if (typeof port !== 'undefined') {
    if (typeof port !== 'number' && typeof port !== 'string') {
      throw new ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], port);
    }
    validatePort(port);
  }
  port |= 0;
  if (options.autoSelectFamily != null) validateBoolean(options.autoSelectFamily, 'options.autoSelectFamily');
  let timeout = options.autoSelectFamilyAttemptTimeout;
  if (timeout != null) {
    validateInt32(timeout, 'options.autoSelectFamilyAttemptTimeout', 1);
    timeout = Math.max(timeout, 10);
  } else {
    timeout = getDefaultAutoSelectFamilyAttemptTimeout();
  }
  const several = options.autoSelectFamily ?? getDefaultAutoSelectFamily();
  if (options.blockList && typeof options.blockList?.check !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', options.blockList);
  }
  const family = isIP(host);
  if (family) {
    nextTick(() => {
      if (socket.connecting) start(socket, { address: host, port, family, localAddress, localPort, blockList: options.blockList });
    });
    return;
  }
  if (options.lookup != null) validateFunction(options.lookup, 'options.lookup');
  const lookup = options.lookup ?? dnsLookup();
  const dnsOptions = { family: socket._requestedFamily ?? options.family, hints: options.hints || 0 };
  socket._host = host;
  const all = several && dnsOptions.family !== 4 && dnsOptions.family !== 6 && !localAddress;
  if (all) dnsOptions.all = true;
  lookup(host, dnsOptions, function onLookup(err, ip, addressType) {
    const list = all && Array.isArray(ip) ? ip : undefined;
    if (list === undefined) socket.emit('lookup', err, ip, addressType, host);
    else for (const { address, family: kind } of list) socket.emit('lookup', err, address, kind, host);
    if (!socket.connecting) return;
    if (err) {
      nextTick(connectError, socket, err);
      return;
    }
    if (list !== undefined) {
      const usable = list.filter(({ address, family: kind }) => isIP(address) && (kind === 4 || kind === 6));
      if (usable.length === 0) {
        const first = list[0];
        nextTick(connectError, socket, first && !isIP(first.address)
          ? new ERR_INVALID_IP_ADDRESS(first.address)
          : new ERR_INVALID_ADDRESS_FAMILY(first?.family, host, port));
        return;
      }
      socket._unrefTimer();
      if (usable.length === 1) {
        start(socket, { address: usable[0].address, port, family: usable[0].family, localAddress, localPort, blockList: options.blockList });
      } else {
        startSeveral(socket, interleave(usable), { port, timeout, localPort, blockList: options.blockList });
      }
      return;
    }
    if (!isIP(ip)) {
      nextTick(connectError, socket, new ERR_INVALID_IP_ADDRESS(ip));
    } else if (addressType !== 4 && addressType !== 6) {
      nextTick(connectError, socket, new ERR_INVALID_ADDRESS_FAMILY(addressType, host, port));
    } else {
      socket._unrefTimer();
      start(socket, { address: ip, port, family: addressType, localAddress, localPort, blockList: options.blockList });
    }
  });
}

// The resolver is loaded by those who connect by name only.
function dnsLookup() {
  return require('dns').lookup;
}

function connectError(socket, err) {
  socket.destroy(err);
}

// Families in turns, starting with that of the first address.
function interleave(addresses) {
  const first = addresses.filter((a) => a.family === addresses[0].family);
  const second = addresses.filter((a) => a.family !== addresses[0].family);
  const out = [];
  for (let i = 0; i < Math.max(first.length, second.length); i++) {
    if (i < first.length) out.push(first[i]);
    if (i < second.length) out.push(second[i]);
  }
  return out;
}

function bindLocal(handle, target) {
  const { localAddress, localPort } = target;
  if (!localAddress && !localPort) return 0;
  return handle.bind(localAddress || (target.family === 6 ? '::' : '0.0.0.0'), localPort || 0, 0);
}

function localText(handle) {
  const out = {};
  return handle.getsockname && !(handle instanceof ops.Pipe) && handle.getsockname(out) === 0 ? `${out.address}:${out.port}` : undefined;
}

function failure(status, target, handle) {
  if (target.path !== undefined) return new ExceptionWithHostPort(status, 'connect', target.path);
  const local = localText(handle);
  const err = new ExceptionWithHostPort(status, 'connect', target.address, target.port, local);
  if (local !== undefined) {
    const out = {};
    handle.getsockname(out);
    err.localAddress = out.address;
    err.localPort = out.port;
  }
  return err;
}

function applySettings(socket) {
  const handle = socket[kHandle];
  if (socket[kSetNoDelay]) handle.setNoDelay?.(true);
  if (socket[kSetKeepAlive]) handle.setKeepAlive?.(true, socket[kSetKeepAliveDelay]);
  if (socket[kSetTos] !== undefined) handle.setTypeOfService?.(socket[kSetTos]);
}

// One attempt on the socket's own handle.
function start(socket, target) {
  const handle = socket[kHandle];
  if (target.blockList?.check(target.address, `ipv${target.family}`)) {
    socket.destroy(new ERR_IP_BLOCKED(target.address));
    return;
  }
  const bound = bindLocal(handle, target);
  if (bound) {
    socket.destroy(new ExceptionWithHostPort(bound, 'bind', target.localAddress, target.localPort));
    return;
  }
  socket[kConnectDone] = (status) => {
    if (socket.destroyed) return;
    if (status) {
      socket.connecting = false;
      socket.destroy(failure(status, target, handle));
    } else {
      connected(socket);
    }
  };
  if (target.address !== undefined) socket.emit('connectionAttempt', target.address, target.port, target.family);
  const status = target.path !== undefined ? handle.connect(target.path) : handle.connect(target.address, target.port);
  if (status) {
    socket[kConnectDone] = null;
    socket.destroy(failure(status, target, handle));
  }
}

function connected(socket) {
  socket.connecting = false;
  socket._sockname = undefined;
  applySettings(socket);
  socket._unrefTimer();
  socket.emit('connect');
  socket.emit('ready');
  if (socket[kHandle] && socket.readable && !socket.isPaused()) socket.read(0);
}

// Happy eyeballs: each address has a handle of its own and some time before the next is tried; the first to connect wins.
function startSeveral(socket, addresses, { port, timeout, localPort, blockList }) {
  const errors = [];
  let next = 0;

  function attempt() {
    if (!socket.connecting) return;
    if (next === addresses.length) {
      const err = new AggregateError(errors);
      err.code = errors[0]?.code;
      const inner = errors.length === 1 ? errors[0] : err;
      socket.connecting = false;
      socket.destroy(inner);
      return;
    }
    const { address, family } = addresses[next++];
    const target = { address, family, port, localPort };
    if (blockList?.check(address, `ipv${family}`)) {
      errors.push(new ERR_IP_BLOCKED(address));
      attempt();
      return;
    }
    const old = socket[kHandle];
    const handle = next === 1 ? old : new ops.Tcp();
    if (handle !== old) {
      if (!old.hasRef()) handle.unref();
      old.close();
      setHandle(socket, handle);
    }
    const bound = bindLocal(handle, target);
    if (bound) {
      errors.push(new ExceptionWithHostPort(bound, 'bind', undefined, localPort));
      attempt();
      return;
    }
    let timer = null;
    const done = (status) => {
      clearTimeout(timer);
      socket[kConnectDone] = null;
      if (!socket.connecting) return;
      if (status === 0) {
        connected(socket);
        return;
      }
      const err = failure(status, target, handle);
      errors.push(err);
      socket.emit('connectionAttemptFailed', address, port, family, err);
      attempt();
    };
    socket[kConnectDone] = done;
    socket.emit('connectionAttempt', address, port, family);
    const status = handle.connect(address, port);
    if (status) {
      socket[kConnectDone] = null;
      const err = failure(status, target, handle);
      errors.push(err);
      socket.emit('connectionAttemptFailed', address, port, family, err);
      attempt();
    } else if (next < addresses.length) {
      timer = setTimeout(() => {
        if (!socket.connecting || socket[kHandle] !== handle) return;
        socket[kConnectDone] = null;
        errors.push(failure(UV_ETIMEDOUT, target, handle));
        socket.emit('connectionAttemptTimeout', address, port, family);
        attempt();
      }, timeout);
      socket.once('close', () => clearTimeout(timer));
    }
  }
  attempt();
}

setConnect(connect);

module.exports = { connect };

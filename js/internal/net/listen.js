'use strict';
// Listening: on a port, a host, a path, a descriptor or a handle. In a worker of a cluster the handle is the primary's matter.

const {
  codes: { ERR_INVALID_ARG_VALUE, ERR_SERVER_ALREADY_LISTEN },
  ErrnoException,
  ExceptionWithHostPort,
  UVExceptionWithHostPort,
} = require('internal/errors');
const { addAbortListener } = require('internal/events/abort_listener');
const { validateAbortSignal, validatePort } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { checkBindError } = require('internal/net/bind');
const { isIP } = require('internal/net/ip');
const { isNormalized, normalizeArgs, toNumber } = require('internal/net/options');
const { disowned, ensurePump, own } = require('internal/net/pump');

const UV_EINVAL = -22;

// Bits of a TCP bind, and of a path's permissions.
const IPV6_ONLY = 1;
const REUSE_PORT = 2;
const READABLE = 1;
const WRITABLE = 2;

// What a kernel rounds up to 512.
const kBacklog = 511;

// http.Server puts itself here: it takes the listening handle for itself instead of getting 'connection' events.
const kAttachHandle = Symbol('kAttachHandle');
const kHandleReady = Symbol('kHandleReady');
const kListenCluster = Symbol('kListenCluster');

function listen(server, args) {
  const [given, cb] = isNormalized(args[0]) ? args[0] : normalizeArgs(args);
  let options = given;
  if (server._handle) throw new ERR_SERVER_ALREADY_LISTEN();
  if (cb !== null) server.once('listening', cb);
  const backlogFromArgs = toNumber(args.length > 1 && args[1]) || toNumber(args.length > 2 && args[2]);
  options = options._handle || options.handle || options;
  const flags = (options.ipv6Only === true ? IPV6_ONLY : 0) | (options.reusePort === true ? REUSE_PORT : 0);
  // What an earlier call waits for is for nothing.
  server._listeningId++;

  const handle = [options, options._handle].find(isHandle);
  if (handle !== undefined) {
    server._handle = handle;
    listenInCluster(server, null, -1, -1, backlogFromArgs, undefined, true);
    return;
  }
  addServerAbortSignal(server, options);
  if (typeof options.fd === 'number' && options.fd >= 0) {
    listenInCluster(server, null, null, null, backlogFromArgs, options.fd);
    return;
  }
  if (args.length === 0 || typeof args[0] === 'function' || options.port === null ||
      (options.port === undefined && 'port' in options)) {
    options.port = 0;
  }
  const backlog = options.backlog || backlogFromArgs;
  if (typeof options.port === 'number' || typeof options.port === 'string') {
    validatePort(options.port, 'options.port');
    // The kernel shares such a port, so the primary need not.
    const exclusive = options.reusePort === true || options.exclusive;
    if (options.host) lookupAndListen(server, options.port | 0, options.host, backlog, exclusive, flags);
    else listenInCluster(server, null, options.port | 0, 4, backlog, undefined, exclusive, flags);
    return;
  }
  if (options.path && isPipeName(options.path)) {
    listenOnPath(server, options, backlog);
    return;
  }
  if (!('port' in options || 'path' in options)) {
    throw new ERR_INVALID_ARG_VALUE('options', options, 'must have the property "port" or "path"');
  }
  throw new ERR_INVALID_ARG_VALUE('options', options);
}

function isPipeName(path) {
  return typeof path === 'string' && toNumber(path) === false;
}

// Native handles, and what the cluster gives a worker in their place.
function isHandle(value) {
  return typeof value === 'object' && value !== null && (value instanceof ops.StreamHandle || value[kListenCluster] === true);
}

function listenOnPath(server, options, backlog) {
  server._pipeName = options.path;
  listenInCluster(server, options.path, -1, -1, backlog, undefined, options.exclusive);
  const access = (options.readableAll === true ? READABLE : 0) | (options.writableAll === true ? WRITABLE : 0);
  // Without a handle there is an error on its way.
  if (!server._handle || access === 0) return;
  const status = server._handle.fchmod(access);
  if (status) {
    closeHandle(server);
    throw new ErrnoException(status, 'uv_pipe_chmod');
  }
}

function closeHandle(server) {
  server._handle.close();
  disowned(server);
  server._handle = null;
}

function addServerAbortSignal(server, options) {
  const { signal } = options;
  if (signal === undefined) return;
  validateAbortSignal(signal, 'options.signal');
  const onAborted = () => server.close();
  if (signal.aborted) {
    nextTick(onAborted);
  } else {
    const listener = addAbortListener(signal, onAborted);
    server.once('close', listener[Symbol.dispose]);
  }
}

// An address of one link alone is no place to listen without saying which link.
function isLinkLocal({ address, family }) {
  return family === 6 && /^fe[89ab][0-9a-f]:/i.test(address) && !address.includes('%');
}

function lookupAndListen(server, port, host, backlog, exclusive, flags) {
  const id = server._listeningId;
  const family = isIP(host);
  if (family) {
    // Later than the call, as for a name: until then another call may take this one's place.
    nextTick(listenToAddress, server, id, host, port, family, backlog, exclusive, flags);
    return;
  }
  // The resolver is loaded by those who listen by name only.
  require('dns').lookup(host, { all: true }, (err, addresses) => {
    if (server._listeningId !== id) return;
    if (err) {
      server.emit('error', err);
      return;
    }
    const found = addresses.find((one) => !isLinkLocal(one)) ?? addresses[0];
    listenInCluster(server, found?.address, port, found ? found.family : 4, backlog, undefined, exclusive, flags);
  });
}

function listenToAddress(server, id, host, port, family, backlog, exclusive, flags) {
  if (server._listeningId === id) listenInCluster(server, host, port, family, backlog, undefined, exclusive, flags);
}

// The cluster, once it is loaded in a worker, decides who has the real handle.
let clusterListen = null;
function setClusterListen(implementation) {
  clusterListen = implementation;
}

function listenInCluster(server, address, port, addressType, backlog, fd, exclusive, flags) {
  exclusive = Boolean(exclusive);
  if (clusterListen === null || exclusive) {
    server._listen2(address, port, addressType, backlog, fd, flags);
    return;
  }
  const id = server._listeningId;
  clusterListen(server, { address, port, addressType, fd, flags, backlog, exclusive }, (status, handle) => {
    // Closed meanwhile, or listening to something else.
    if (server._listeningId !== id) {
      handle?.close();
      return;
    }
    status = checkBindError(status, port, handle);
    if (status) {
      nextTick(emitListenError, server, new ExceptionWithHostPort(status, 'bind', address, port));
      return;
    }
    server._handle = handle;
    server._listen2(address, port, addressType, backlog, fd, flags);
  });
}

function emitListenError(server, err) {
  server.emit('error', err);
}

// A bound handle, or a negative errno.
function createServerHandle(address, port, addressType, fd, flags = 0) {
  ensurePump();
  let handle;
  let status;
  if (typeof fd === 'number' && fd >= 0) {
    const type = ops.op_net_fd_type(fd);
    if (type !== 'PIPE' && type !== 'TCP') return UV_EINVAL;
    handle = type === 'TCP' ? new ops.Tcp() : new ops.Pipe();
    return handle.open(fd) || handle;
  }
  if (port === -1 && addressType === -1) {
    handle = new ops.Pipe();
    status = handle.bind(address);
  } else {
    handle = new ops.Tcp();
    // Both families where there are two.
    status = handle.bind(address || '::', port, flags);
    if (status && !address) {
      handle.close();
      return createServerHandle('0.0.0.0', port, 4, undefined, flags);
    }
  }
  if (status) {
    handle.close();
    return status;
  }
  return handle;
}

function onconnection(server, status, handle) {
  if (status) server.emit('error', new ErrnoException(status, 'accept'));
  else server._acceptHandle(handle);
}

// Listens on the server's handle, which is made first where there is none.
function startListening(server, address, port, addressType, backlog, fd, flags) {
  if (!server._handle) {
    let result = null;
    if (!address && typeof fd !== 'number') {
      result = createServerHandle('::', port, 6, fd, flags);
      const both = typeof result !== 'number';
      if (!both) result = null;
      address = both ? '::' : '0.0.0.0';
      addressType = both ? 6 : 4;
    }
    result ??= createServerHandle(address, port, addressType, fd, flags);
    if (typeof result === 'number') {
      nextTick(emitListenError, server, new UVExceptionWithHostPort(result, 'listen', address, port));
      return;
    }
    server._handle = result;
  }
  const handle = server._handle;
  own(server, handle, handle instanceof ops.Pipe ? 'PIPESERVERWRAP' : 'TCPSERVERWRAP');
  handle.onconnection = (status, connection) => onconnection(server, status, connection);
  const status = handle.listen(backlog || kBacklog);
  if (status) {
    closeHandle(server);
    nextTick(emitListenError, server, new UVExceptionWithHostPort(status, 'listen', address, port));
    return;
  }
  server[kHandleReady](handle);
  server._connectionKey = `${addressType}:${address}:${port}`;
  if (server._unref) server.unref();
  nextTick(emitListening, server);
}

function emitListening(server) {
  if (server._handle) server.emit('listening');
}

function getClusterListen() {
  return clusterListen;
}

module.exports = {
  createServerHandle, getClusterListen, kAttachHandle, kHandleReady, kListenCluster, listen, setClusterListen, startListening };

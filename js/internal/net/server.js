'use strict';
// net.Server: listening in all its forms and the connections that come. Which process accepts them is the cluster's matter.

const EventEmitter = require('events');
const {
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_SERVER_ALREADY_LISTEN, ERR_SERVER_NOT_RUNNING,
  },
  ErrnoException,
  ExceptionWithHostPort,
  UVExceptionWithHostPort,
} = require('internal/errors');
const { addAbortListener } = require('internal/events/abort_listener');
const { validateAbortSignal, validateBoolean, validateNumber, validatePort } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { ensureCallbacks, kConnection } = require('internal/net/callbacks');
const { isIP } = require('internal/net/ip');
const { isNormalized, normalizeArgs, toNumber } = require('internal/net/options');
const { serverClosed, serverOpened, socketAccepted } = require('internal/net/owners');
const { Socket } = require('internal/net/socket');

const UV_EADDRINUSE = -98;
const UV_EINVAL = -22;

const IPV6_ONLY = 1;
const REUSE_PORT = 2;

// http.Server puts itself here: it takes the listening handle for itself instead of getting 'connection' events.
const kAttachHandle = Symbol('kAttachHandle');
const kListenCluster = Symbol('kListenCluster');

function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  EventEmitter.call(this);
  if (typeof options === 'function') {
    connectionListener = options;
    options = {};
    this.on('connection', connectionListener);
  } else if (options == null || typeof options === 'object') {
    options = { ...options };
    if (typeof connectionListener === 'function') this.on('connection', connectionListener);
  } else {
    throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  if (options.keepAliveInitialDelay !== undefined) {
    validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    if (options.keepAliveInitialDelay < 0) options.keepAliveInitialDelay = 0;
  }
  if (options.highWaterMark !== undefined) {
    validateNumber(options.highWaterMark, 'options.highWaterMark');
    if (options.highWaterMark < 0) options.highWaterMark = undefined;
  }
  this._connections = 0;
  this._handle = null;
  this._usingWorkers = false;
  this._workers = [];
  this._unref = false;
  this._listeningId = 1;
  this.allowHalfOpen = options.allowHalfOpen || false;
  this.pauseOnConnect = Boolean(options.pauseOnConnect);
  this.noDelay = Boolean(options.noDelay);
  this.keepAlive = Boolean(options.keepAlive);
  this.keepAliveInitialDelay = ~~(options.keepAliveInitialDelay / 1000);
  this.highWaterMark = options.highWaterMark;
  if (options.blockList) {
    if (typeof options.blockList?.check !== 'function') throw new ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', options.blockList);
    this.blockList = options.blockList;
  }
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

Object.defineProperty(Server.prototype, 'listening', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return Boolean(this._handle);
  },
});

// A worker's stand-in handle has to know it: what this server would drop goes to another worker instead.
const kMaxConnections = Symbol('kMaxConnections');
Object.defineProperty(Server.prototype, 'maxConnections', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return this[kMaxConnections];
  },
  set(limit) {
    this[kMaxConnections] = limit;
    this._handle?.setLimit?.(limit ?? -1);
  },
});

Server.prototype.listen = function(...args) {
  const [given, cb] = isNormalized(args[0]) ? args[0] : normalizeArgs(args);
  let options = given;
  if (this._handle) throw new ERR_SERVER_ALREADY_LISTEN();
  if (cb !== null) this.once('listening', cb);
  const backlogFromArgs = toNumber(args.length > 1 && args[1]) || toNumber(args.length > 2 && args[2]);

  options = options._handle || options.handle || options;
  // Each process has a socket of its own then, and the kernel spreads the connections.
  if (options.reusePort) options = { ...options, exclusive: true };
  const flags = (options.ipv6Only ? IPV6_ONLY : 0) | (options.reusePort ? REUSE_PORT : 0);
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  if (isHandle(options)) {
    listenWithHandle(this, options, backlogFromArgs);
    return this;
  }
  if (options._handle && isHandle(options._handle)) {
    listenWithHandle(this, options._handle, backlogFromArgs);
    return this;
  }
  addServerAbortSignal(this, options);
  if (typeof options.fd === 'number' && options.fd >= 0) {
    listenInCluster(this, null, null, null, backlogFromArgs, options.fd);
    return this;
  }
  if (args.length === 0 || typeof args[0] === 'function'
      || (typeof options.port === 'undefined' && 'port' in options) || options.port === null) {
    options.port = 0;
  }
  const backlog = options.backlog || backlogFromArgs;
  if (typeof options.port === 'number' || typeof options.port === 'string') {
    validatePort(options.port, 'options.port');
    if (options.host) {
      lookupAndListen(this, options.port | 0, options.host, backlog, options.exclusive, flags);
    } else {
      listenInCluster(this, null, options.port | 0, 4, backlog, undefined, options.exclusive, flags);
    }
    return this;
  }
  if (options.path && isPipeName(options.path)) {
    const path = (this._pipeName = options.path);
    listenInCluster(this, path, -1, -1, backlog, undefined, options.exclusive);
    if (!this._handle) return this;
    if (options.readableAll !== undefined) validateBoolean(options.readableAll, 'options.readableAll');
    if (options.writableAll !== undefined) validateBoolean(options.writableAll, 'options.writableAll');
    const mode = (options.readableAll ? 0o444 : 0) | (options.writableAll ? 0o222 : 0);
    if (mode !== 0) {
      const status = this._handle.fchmod?.(mode) ?? 0;
      if (status) {
        this._handle.close();
        serverClosed(this);
        this._handle = null;
        throw new ErrnoException(status, 'uv_pipe_chmod');
      }
    }
    return this;
  }
  if (!('port' in options || 'path' in options)) {
    throw new ERR_INVALID_ARG_VALUE('options', options, 'must have the property "port" or "path"');
  }
  throw new ERR_INVALID_ARG_VALUE('options', options);
};

function isPipeName(path) {
  return typeof path === 'string' && toNumber(path) === false;
}

// Native handles, and what the cluster gives a worker in their place.
function isHandle(value) {
  return typeof value === 'object' && value !== null && (value instanceof ops.StreamHandle || value[kListenCluster] === true);
}

function listenWithHandle(server, handle, backlog) {
  server._handle = handle;
  listenInCluster(server, null, -1, -1, backlog);
}

function addServerAbortSignal(server, options) {
  const { signal } = options;
  if (signal === undefined) return;
  const onAborted = () => server.close();
  if (signal.aborted) {
    nextTick(onAborted);
  } else {
    const listener = addAbortListener(signal, onAborted);
    server.once('close', listener[Symbol.dispose]);
  }
}

function lookupAndListen(server, port, address, backlog, exclusive, flags) {
  // The resolver is loaded by those who listen by name only.
  const lookup = isIP(address)
    ? (host, cb) => nextTick(cb, null, host, isIP(host))
    : require('dns').lookup;
  lookup(address, (err, ip, addressType) => {
    if (err) {
      server.emit('error', err);
    } else {
      listenInCluster(server, ip, port, ip ? addressType : 4, backlog, undefined, exclusive, flags);
    }
  });
}

// The cluster, once it is loaded in a worker, decides who has the real handle.
let clusterListen = null;
function setClusterListen(listen) {
  clusterListen = listen;
}

function listenInCluster(server, address, port, addressType, backlog, fd, exclusive, flags) {
  exclusive = Boolean(exclusive);
  if (clusterListen === null || exclusive || server._handle) {
    server._listen2(address, port, addressType, backlog, fd, flags);
    return;
  }
  clusterListen(server, { address, port, addressType, fd, flags, backlog, exclusive }, (status, handle) => {
    status = checkBindError(status, port, handle);
    if (status) {
      const err = new ExceptionWithHostPort(status, 'bind', address, port);
      nextTick(emitListenError, server, err);
      return;
    }
    server._handle = handle;
    server._listen2(address, port, addressType, backlog, fd, flags);
  });
}

function emitListenError(server, err) {
  server.emit('error', err);
}

// A shared handle that another worker could bind although the port was taken shows a port of its own.
function checkBindError(status, port, handle) {
  if (status === 0 && port > 0 && handle?.getsockname) {
    const out = {};
    const result = handle.getsockname(out);
    if (result === 0 && port !== out.port) return UV_EADDRINUSE;
  }
  return status;
}

function createServerHandle(address, port, addressType, fd, flags = 0) {
  ensureCallbacks();
  if (typeof fd === 'number' && fd >= 0) {
    const type = ops.op_net_fd_type(fd);
    if (type !== 'PIPE' && type !== 'TCP') return UV_EINVAL;
    const handle = type === 'TCP' ? new ops.Tcp() : new ops.Pipe();
    const status = handle.open(fd);
    return status || handle;
  }
  let handle;
  let status;
  if (port === -1 && addressType === -1) {
    handle = new ops.Pipe();
    status = handle.bind(address);
  } else {
    handle = new ops.Tcp();
    if (!address) {
      // Both families where there are two.
      status = handle.bind('::', port, flags);
      if (status) {
        handle.close();
        if (status === UV_EADDRINUSE) return status;
        return createServerHandle('0.0.0.0', port, 4, undefined, flags);
      }
    } else {
      status = handle.bind(address, port, flags);
    }
  }
  if (status) {
    handle.close();
    return status;
  }
  return handle;
}

Server.prototype._listen2 = function(address, port, addressType, backlog, fd, flags) {
  if (!this._handle) {
    let result = null;
    if (!address && typeof fd !== 'number') {
      result = createServerHandle('::', port, 6, fd, flags);
      if (typeof result === 'number' && result !== UV_EADDRINUSE) result = null;
      else {
        address = '::';
        addressType = 6;
      }
      if (result === null) {
        address = '0.0.0.0';
        addressType = 4;
      }
    }
    if (result === null) result = createServerHandle(address, port, addressType, fd, flags);
    if (typeof result === 'number') {
      nextTick(emitListenError, this, new UVExceptionWithHostPort(result, 'listen', address, port));
      return;
    }
    this._handle = result;
  }
  const handle = this._handle;
  ensureCallbacks();
  handle.setOwner(this);
  if (this.maxConnections != null) handle.setLimit?.(this.maxConnections);
  serverOpened(this, handle);
  const status = handle.listen(backlog || 511);
  if (status) {
    const err = new UVExceptionWithHostPort(status, 'listen', address, port);
    handle.close();
    serverClosed(this);
    this._handle = null;
    nextTick(emitListenError, this, err);
    return;
  }
  this[kAttachHandle]?.(handle);
  this._connectionKey = `${addressType}:${address}:${port}`;
  if (this._unref) this.unref();
  nextTick(emitListening, this);
};

function emitListening(server) {
  if (server._handle) server.emit('listening');
}

Server.prototype[kConnection] = function(status, handle) {
  if (status) {
    this.emit('error', new ErrnoException(status, 'accept'));
    return;
  }
  this._acceptHandle(handle);
};

// A connection that has a native handle: 'connection', or 'drop' where there are too many.
Server.prototype._acceptHandle = function(handle) {
  if (this.maxConnections != null && this._connections >= this.maxConnections) {
    drop(this, handle);
    return;
  }
  if (this.blockList) {
    const peer = {};
    if (handle.getpeername?.(peer) === 0 && this.blockList.check(peer.address, peer.family.toLowerCase())) {
      handle.close();
      return;
    }
  }
  const socket = new Socket({
    handle,
    allowHalfOpen: this.allowHalfOpen,
    pauseOnCreate: this.pauseOnConnect,
    readable: true,
    writable: true,
    readableHighWaterMark: this.highWaterMark,
    writableHighWaterMark: this.highWaterMark,
  });
  socketAccepted(socket);
  if (this.noDelay) socket.setNoDelay(true);
  if (this.keepAlive) socket.setKeepAlive(true, this.keepAliveInitialDelay * 1000);
  this._connections++;
  socket.server = this;
  socket._server = this;
  this.emit('connection', socket);
};

function drop(server, handle) {
  const data = {};
  const local = {};
  const peer = {};
  if (!(handle instanceof ops.Pipe) && handle.getsockname?.(local) === 0) {
    data.localAddress = local.address;
    data.localPort = local.port;
    data.localFamily = local.family;
    if (handle.getpeername(peer) === 0) {
      data.remoteAddress = peer.address;
      data.remotePort = peer.port;
      data.remoteFamily = peer.family;
    }
  }
  server.emit('drop', Object.keys(data).length === 0 ? undefined : data);
  handle.close();
}

Server.prototype.address = function() {
  if (this._handle?.getsockname && !(this._handle instanceof ops.Pipe)) {
    const out = {};
    const status = this._handle.getsockname(out);
    if (status) throw new ErrnoException(status, 'address');
    return out;
  }
  if (this._pipeName) return this._pipeName;
  return null;
};

Server.prototype.getConnections = function(cb) {
  const end = (err, connections) => nextTick(cb, err, connections);
  if (!this._usingWorkers) {
    end(null, this._connections);
    return this;
  }
  let left = this._workers.length;
  let total = this._connections;
  if (left === 0) end(null, total);
  for (const worker of this._workers) {
    worker.getConnections((err, count) => {
      if (err) {
        left = -1;
        end(err);
        return;
      }
      total += count;
      if (--left === 0) end(null, total);
    });
  }
  return this;
};

Server.prototype.close = function(cb) {
  if (typeof cb === 'function') {
    if (!this._handle) this.once('close', () => cb(new ERR_SERVER_NOT_RUNNING()));
    else this.once('close', cb);
  }
  if (this._handle) {
    this._handle.close();
    serverClosed(this);
    this._handle = null;
  }
  if (this._usingWorkers) {
    let left = this._workers.length;
    const onClosed = () => {
      if (--left === 0) {
        this._emitCloseIfDrained();
      }
    };
    for (const worker of this._workers) worker.close(onClosed);
    if (left === 0) this._emitCloseIfDrained();
  } else {
    this._emitCloseIfDrained();
  }
  return this;
};

Server.prototype[Symbol.asyncDispose] = async function() {
  if (!this._handle) return;
  await new Promise((resolve, reject) => this.close((err) => (err ? reject(err) : resolve())));
};

Server.prototype._emitCloseIfDrained = function() {
  if (this._handle || this._connections > 0) return;
  nextTick(emitCloseNT, this);
};

function emitCloseNT(server) {
  server.emit('close');
}

Server.prototype.ref = function() {
  this._unref = false;
  this._handle?.ref();
  return this;
};

Server.prototype.unref = function() {
  this._unref = true;
  this._handle?.unref();
  return this;
};

// child_process hands over what a worker process still has of this server's connections.
Server.prototype._setupWorker = function(socketList) {
  this._usingWorkers = true;
  this._workers.push(socketList);
  socketList.once('exit', () => {
    this._workers.splice(this._workers.indexOf(socketList), 1);
  });
};

module.exports = { Server, createServerHandle, kAttachHandle, kListenCluster, setClusterListen };

'use strict';
// net.Server: the connections that come, and closing. Listening in all its forms is listen.js's.

const EventEmitter = require('events');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_SERVER_NOT_RUNNING },
  ErrnoException,
} = require('internal/errors');
const { validateBoolean, validateNumber } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { BlockList } = require('internal/net/block_list');
const {
  createServerHandle, kAttachHandle, kHandleReady, kListenCluster, listen, setClusterListen, startListening,
} = require('internal/net/listen');
const { describeOwners, disowned, kOnConnection } = require('internal/net/pump');
const { Socket, setAcceptedContext } = require('internal/net/socket');
const { symbols: { kSetKeepAlive, kSetKeepAliveDelay, kSetNoDelay } } = require('internal/net/socket_properties');

const kLimitChanged = Symbol('kLimitChanged');
const kMaxConnections = Symbol('kMaxConnections');
const kDropMaxConnection = Symbol('kDropMaxConnection');

function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  if (typeof options === 'function') {
    connectionListener = options;
    options = {};
  } else if (options == null || typeof options === 'object') {
    options = { ...options };
  } else {
    throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  EventEmitter.call(this, options);
  if (typeof connectionListener === 'function') this.on('connection', connectionListener);
  if (options.allowHalfOpen !== undefined) validateBoolean(options.allowHalfOpen, 'options.allowHalfOpen');
  if (options.pauseOnConnect !== undefined) validateBoolean(options.pauseOnConnect, 'options.pauseOnConnect');
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
    if (!BlockList.isBlockList(options.blockList)) {
      throw new ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', options.blockList);
    }
    this.blockList = options.blockList;
  }
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

describeOwners((object) => {
  if (!(object instanceof Server)) return undefined;
  return object._handle instanceof ops.Pipe ? 'PipeServerWrap' : 'TCPServerWrap';
});

Object.defineProperty(Server.prototype, 'listening', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return Boolean(this._handle);
  },
});

// A worker's stand-in handle has to know it: what this server would refuse goes to another worker instead, unless it is to be dropped.
Server.prototype[kLimitChanged] = function() {
  const limit = this[kDropMaxConnection] ? null : this[kMaxConnections];
  this._handle?.setLimit?.(limit ?? -1);
};

for (const [name, key] of [['maxConnections', kMaxConnections], ['dropMaxConnection', kDropMaxConnection]]) {
  Object.defineProperty(Server.prototype, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return this[key];
    },
    set(value) {
      this[key] = value;
      this[kLimitChanged]();
    },
  });
}

// The handle listens, or stands for one that does.
Server.prototype[kHandleReady] = function(handle) {
  this[kAttachHandle]?.(handle);
  this[kLimitChanged]();
};

Server.prototype.listen = function(...args) {
  listen(this, args);
  return this;
};

// Old names, which programs call.
Server.prototype._listen2 = function(...args) {
  startListening(this, ...args);
};

Server.prototype[EventEmitter.captureRejectionSymbol] = function(err, event, socket) {
  if (event === 'connection') socket.destroy(err);
  else this.emit('error', err);
};

// The handle's own property is asked, because that is where programs put themselves in between.
Server.prototype[kOnConnection] = function(status, handle) {
  if (this._handle) this._handle.onconnection(status, handle);
  else handle?.close();
};

// A connection that has a native handle: 'connection', or 'drop' where there are too many.
Server.prototype._acceptHandle = function(handle) {
  if (this.maxConnections != null && this._connections >= this.maxConnections) {
    drop(this, handle);
    return;
  }
  if (this.blockList && isBlocked(this.blockList, handle)) {
    handle.close();
    return;
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
  setAcceptedContext(socket);
  if (this.noDelay && handle.setNoDelay) {
    socket[kSetNoDelay] = true;
    handle.setNoDelay(true);
  }
  if (this.keepAlive && handle.setKeepAlive) {
    socket[kSetKeepAlive] = true;
    socket[kSetKeepAliveDelay] = this.keepAliveInitialDelay;
    handle.setKeepAlive(true, this.keepAliveInitialDelay);
  }
  this._connections++;
  socket.server = this;
  socket._server = this;
  this.emit('connection', socket);
};

function isBlocked(blockList, handle) {
  const peer = {};
  return handle.getpeername?.(peer) === 0 && blockList.check(peer.address, peer.family.toLowerCase());
}

function drop(server, handle) {
  let data;
  const local = {};
  const peer = {};
  if (!(handle instanceof ops.Pipe) && handle.getsockname?.(local) === 0) {
    data = { localAddress: local.address, localPort: local.port, localFamily: local.family };
    if (handle.getpeername(peer) === 0) {
      data.remoteAddress = peer.address;
      data.remotePort = peer.port;
      data.remoteFamily = peer.family;
    }
  }
  server.emit('drop', data);
  handle.close();
}

Server.prototype.address = function() {
  if (this._handle?.getsockname && !(this._handle instanceof ops.Pipe)) {
    const out = {};
    const status = this._handle.getsockname(out);
    if (status) throw new ErrnoException(status, 'address');
    return out;
  }
  return this._pipeName || null;
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
  // A name that is still being looked up is for nothing.
  this._listeningId++;
  if (typeof cb === 'function') {
    if (!this._handle) this.once('close', () => cb(new ERR_SERVER_NOT_RUNNING()));
    else this.once('close', cb);
  }
  if (this._handle) {
    this._handle.close();
    disowned(this);
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
  nextTick(emitClose, this);
};

function emitClose(server) {
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

module.exports = { Server, createServerHandle, kAttachHandle, kLimitChanged, kListenCluster, setClusterListen };

'use strict';
// cluster in a worker: asking the primary for handles, and going away in order.

const EventEmitter = require('events');
const path = require('path');
const { kChannelHandle } = require('internal/child_process/channel');
const { setClusterListen } = require('internal/net/server');
const { internal, sendHelper } = require('internal/cluster/utils');
const { makeWorkerClass } = require('internal/cluster/worker');

const Worker = makeWorkerClass();

const cluster = new EventEmitter();
const handles = new Map();
// How many listeners this process has asked for with the same words: each gets a handle of its own.
const indexes = new Map();

cluster.isWorker = true;
cluster.isMaster = false;
cluster.isPrimary = false;
cluster.worker = null;
cluster.Worker = Worker;
cluster._getServer = getServer;

// Called at start-up, before the script runs.
cluster._setupWorker = function(uniqueId) {
  const worker = new Worker({ id: uniqueId | 0, process, state: 'online' });
  cluster.worker = worker;
  process.once('disconnect', () => {
    worker.emit('disconnect');
    // The primary is gone, or has let go of this worker without a word: there is nothing left to work for.
    if (!worker.exitedAfterDisconnect) process.exit(0);
  });
  process.on('internalMessage', internal(worker, onmessage));
  send({ act: 'online', rtjs: 1 });
  setClusterListen((server, query, cb) => cluster._getServer(server, query, cb));
};

function onmessage(message) {
  if (message.act === 'disconnect') disconnect(this, true);
}

function send(message, cb) {
  return sendHelper(process, message, null, cb);
}

// `server` is a net.Server or dgram.Socket; `cb(errno, handle)` gets the real handle or one that stands for it.
function getServer(server, query, cb) {
  let { address } = query;
  if (query.port < 0 && typeof address === 'string') address = path.resolve(address);
  const indexKey = [address, query.port, query.addressType, query.fd].join(':');
  let indexSet = indexes.get(indexKey);
  if (indexSet === undefined) {
    indexSet = { next: 0, used: new Set() };
    indexes.set(indexKey, indexSet);
  }
  const index = indexSet.next++;
  indexSet.used.add(index);
  const forget = () => {
    if (indexSet.used.delete(index) && indexSet.used.size === 0 && indexes.get(indexKey) === indexSet) indexes.delete(indexKey);
  };

  const message = { act: 'queryServer', index, data: null, ...query, address };
  if (server._getServerData) message.data = server._getServerData();
  send(message, (reply, handle) => {
    server._setServerData?.(reply.data);
    if (handle) shared(reply, handle, forget, cb);
    else roundRobin(reply, forget, cb);
  });

  server.once('listening', () => {
    if (!indexes.has(indexKey)) return;
    cluster.worker.state = 'listening';
    const bound = server.address();
    send({ ...message, act: 'listening', port: bound?.port || query.port });
  });
}

// The descriptor itself.
function shared(reply, handle, forget, cb) {
  const { key } = reply;
  const close = handle.close.bind(handle);
  handle.close = function() {
    send({ act: 'close', key });
    handles.delete(key);
    forget();
    close();
  };
  handles.set(key, { handle });
  cb(reply.errno, handle);
}

// A stand-in: the primary accepts, and Rust (ext_cluster/src/child.rs) brings what it accepted.
function roundRobin(reply, forget, cb) {
  if (reply.errno) {
    forget();
    cb(reply.errno, null);
    return;
  }
  const { key, sockname } = reply;
  const handle = new ops.FakeHandle(process[kChannelHandle], key, sockname === undefined);
  const close = handle.close.bind(handle);
  let closed = false;
  handle.close = function() {
    if (closed) return;
    closed = true;
    send({ act: 'close', key });
    handles.delete(key);
    forget();
    close();
  };
  if (sockname !== undefined) {
    handle.getsockname = (out) => {
      Object.assign(out, sockname);
      return 0;
    };
  }
  handles.set(key, { handle });
  cb(0, handle);
}

// `byPrimary`: the primary knows already that this is wanted.
function disconnect(worker, byPrimary) {
  worker.exitedAfterDisconnect = true;
  let waiting = 1;
  const done = () => {
    if (--waiting > 0) return;
    if (byPrimary) process.disconnect();
    else send({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
  };
  for (const { handle } of [...handles.values()]) {
    waiting++;
    const owner = handle.owner;
    if (owner) {
      owner.close(done);
    } else {
      handle.close();
      done();
    }
  }
  handles.clear();
  done();
}

Worker.prototype.disconnect = function() {
  if (this.state !== 'disconnecting' && this.state !== 'destroying') {
    this.state = 'disconnecting';
    disconnect(this, false);
  }
  return this;
};

Worker.prototype.destroy = function() {
  if (this.state === 'destroying') return;
  this.exitedAfterDisconnect = true;
  if (!this.isConnected()) {
    process.exit(0);
  } else {
    this.state = 'destroying';
    send({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
    process.once('disconnect', () => process.exit(0));
  }
};

module.exports = cluster;

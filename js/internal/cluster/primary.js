'use strict';
// cluster in the primary: forking workers, answering their queries, and the bookkeeping in cluster.workers.

const EventEmitter = require('events');
const path = require('path');
const { fork } = require('child_process');
const { validatePort } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { debug } = require('internal/cluster/debug');
const RoundRobinHandle = require('internal/cluster/round_robin_handle');
const SharedHandle = require('internal/cluster/shared_handle');
const { internal, sendHelper, serverKey } = require('internal/cluster/utils');
const { makeWorkerClass } = require('internal/cluster/worker');

const Worker = makeWorkerClass();

const cluster = new EventEmitter();
const intercom = new EventEmitter();
const SCHED_NONE = 1;
const SCHED_RR = 2;
// Connections on the way to an rtjs worker before it has answered the first.
const RTJS_WINDOW = 32;
const MIN_PORT = 1024;
const MAX_PORT = 65535;
const UV_EINVAL = -22;

let ids = 0;
let debugPortOffset = 1;
let initialized = false;
const handles = new Map();

cluster.isWorker = false;
cluster.isMaster = true;
cluster.isPrimary = true;
cluster.Worker = Worker;
cluster.workers = {};
cluster.settings = {};
cluster.SCHED_NONE = SCHED_NONE;
cluster.SCHED_RR = SCHED_RR;

// From the environment at first use; a program may set it before it forks.
let schedulingPolicy;
function policyFromEnvironment() {
  switch (process.env.NODE_CLUSTER_SCHED_POLICY) {
    case 'none': return SCHED_NONE;
    default: return SCHED_RR;
  }
}
Object.defineProperty(cluster, 'schedulingPolicy', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => (schedulingPolicy ??= policyFromEnvironment()),
  set: (value) => { schedulingPolicy = value; },
});

cluster.setupPrimary = function(options) {
  const settings = {
    args: process.argv.slice(2),
    exec: process.argv[1],
    execArgv: process.execArgv,
    silent: false,
    ...cluster.settings,
    ...options,
  };
  cluster.settings = settings;
  if (initialized) {
    nextTick(setupSettingsNT, settings);
    return;
  }
  initialized = true;
  cluster.schedulingPolicy; // eslint-disable-line no-unused-expressions -- fixed from now on
  nextTick(setupSettingsNT, settings);
};
cluster.setupMaster = cluster.setupPrimary;

function setupSettingsNT(settings) {
  cluster.emit('setup', settings);
}

function createWorkerProcess(id, env) {
  const { settings } = cluster;
  const workerEnv = { ...process.env, ...env, NODE_UNIQUE_ID: `${id}` };
  const execArgv = [...settings.execArgv];
  const { inspectPort } = settings;
  if (execArgv.some((arg) => /^--inspect(?:-brk|-port)?(?:=|$)|^--debug-port(?:=|$)/.test(arg))) {
    let port;
    if (inspectPort !== undefined && inspectPort !== null) {
      port = typeof inspectPort === 'function' ? inspectPort() : inspectPort;
      validatePort(port);
    } else {
      port = process.debugPort + debugPortOffset++;
      if (port > MAX_PORT) port = port - MAX_PORT + MIN_PORT - 1;
    }
    execArgv.push(`--inspect-port=${port}`);
  }
  return fork(settings.exec, settings.args, {
    cwd: settings.cwd,
    env: workerEnv,
    serialization: settings.serialization,
    silent: settings.silent,
    windowsHide: settings.windowsHide,
    execArgv,
    execPath: settings.execPath,
    stdio: settings.stdio,
    gid: settings.gid,
    uid: settings.uid,
  });
}

// A worker leaves the list when it is told to disconnect and may leave again when it has: cluster.disconnect()'s callback waits for the latter.
function removeWorker(worker) {
  delete cluster.workers[worker.id];
  if (Object.keys(cluster.workers).length === 0) intercom.emit('disconnect');
}

function removeHandlesForWorker(worker) {
  for (const [key, handle] of handles) {
    if (handle.remove(worker)) handles.delete(key);
  }
}

cluster.fork = function(env) {
  cluster.setupPrimary();
  const id = ++ids;
  const workerProcess = createWorkerProcess(id, env);
  const worker = new Worker({ id, process: workerProcess });

  worker.on('message', function(message, handle) {
    cluster.emit('message', this, message, handle);
  });
  workerProcess.once('exit', (exitCode, signalCode) => {
    // A worker that is still connected may have something to say: it stays in the list until it is not.
    if (!worker.isConnected()) {
      removeHandlesForWorker(worker);
      removeWorker(worker);
    }
    worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
    worker.state = 'dead';
    worker.emit('exit', exitCode, signalCode);
    cluster.emit('exit', worker, exitCode, signalCode);
  });
  workerProcess.once('disconnect', () => {
    removeHandlesForWorker(worker);
    if (worker.isDead()) removeWorker(worker);
    worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
    worker.state = 'disconnected';
    debug('Master', 'Worker', workerProcess.pid, 'disconnected');
    worker.emit('disconnect');
    cluster.emit('disconnect', worker);
  });
  workerProcess.on('internalMessage', internal(worker, onmessage));
  nextTick(emitForkNT, worker);
  cluster.workers[worker.id] = worker;
  return worker;
};

function emitForkNT(worker) {
  cluster.emit('fork', worker);
}

cluster.disconnect = function(cb) {
  const workers = Object.values(cluster.workers);
  if (workers.length === 0) {
    nextTick(() => intercom.emit('disconnect'));
  } else {
    for (const worker of workers) {
      if (worker.isConnected()) worker.disconnect();
    }
  }
  if (typeof cb === 'function') intercom.once('disconnect', cb);
};

const actions = {
  __proto__: null,
  online,
  exitedAfterDisconnect,
  queryServer,
  listening,
  close,
};

function onmessage(message, handle) {
  const action = actions[message.act];
  if (typeof action === 'function') action(this, message, handle);
}

function online(worker, message) {
  if (message.rtjs !== undefined) worker.window = RTJS_WINDOW;
  debug('Master', 'Worker', worker.process.pid, 'online');
  worker.state = 'online';
  worker.emit('online');
  cluster.emit('online', worker);
}

function exitedAfterDisconnect(worker, message) {
  worker.exitedAfterDisconnect = true;
  send(worker, { ack: message.seq });
}

function queryServer(worker, message) {
  // It is on its way out.
  if (worker.exitedAfterDisconnect) return;
  const key = serverKey(message);
  const cached = handles.get(key);
  let handle = cached && !cached.has(worker) ? cached : undefined;
  if (handle === undefined) {
    let { address } = message;
    if (message.port < 0 && typeof address === 'string') {
      // Unix sockets have short names only.
      const relative = path.relative(process.cwd(), address);
      if (relative.length < address.length) address = relative;
    }
    const datagram = message.addressType === 'udp4' || message.addressType === 'udp6';
    const Handle = cluster.schedulingPolicy !== SCHED_RR || datagram ? SharedHandle : RoundRobinHandle;
    try {
      handle = new Handle(key, address, message);
    } catch {
      // A worker checks what it asks for; who asks for nonsense is none.
      send(worker, { errno: UV_EINVAL, key, ack: message.seq, data: null });
      return;
    }
    if (!cached) handles.set(key, handle);
  }
  handle.data ??= message.data;
  handle.add(worker, (errno, reply, nativeHandle) => {
    const { data } = handle;
    if (errno && handles.get(key) === handle) handles.delete(key);
    send(worker, { errno, key, ack: message.seq, data, ...reply }, nativeHandle);
  });
}

function listening(worker, message) {
  const info = {
    addressType: message.addressType,
    address: message.address,
    port: message.port,
    fd: message.fd,
  };
  worker.state = 'listening';
  debug('Master', 'Worker', worker.process.pid, 'listening on', `${info.address}:${info.port}`);
  worker.emit('listening', info);
  cluster.emit('listening', worker, info);
}

function close(worker, message) {
  const handle = handles.get(message.key);
  if (handle?.remove(worker)) handles.delete(message.key);
}

function send(worker, message, handle, cb) {
  return sendHelper(worker.process, message, handle, cb);
}

Worker.prototype.disconnect = function() {
  this.exitedAfterDisconnect = true;
  send(this, { act: 'disconnect' });
  removeHandlesForWorker(this);
  removeWorker(this);
  return this;
};

Worker.prototype.destroy = function(signo) {
  this.suicide = true;
  this.process.kill(signo || 'SIGTERM');
};

module.exports = cluster;

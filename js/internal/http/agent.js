'use strict';
// http.Agent: which request gets which connection. It keeps connections between requests, and requests while there are enough connections.

const EventEmitter = require('events');
const net = require('net');
const { validateNumber, validateOneOf, validateString } = require('internal/validators');
const { runInContext, getAsyncContext } = require('internal/async_hooks/context');
const { usesEnvironment } = require('internal/http/proxy_use');

const kOnKeylog = Symbol('onkeylog');
const kRequestOptions = Symbol('requestOptions');
const kContext = Symbol('kContext');
// An AgentProxy, or null: which requests go through a proxy.
const kProxy = Symbol('kProxy');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.options = { __proto__: null, ...options };
  this.defaultPort = this.options.defaultPort || 80;
  this.protocol = this.options.protocol || 'http:';
  if (this.options.noDelay === undefined) this.options.noDelay = true;
  // A `path` would make net take the connection for a unix socket's.
  this.options.path = null;
  this.requests = { __proto__: null };
  this.sockets = { __proto__: null };
  this.freeSockets = { __proto__: null };
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
  this.keepAlive = this.options.keepAlive || false;
  this.maxSockets = this.options.maxSockets || Agent.defaultMaxSockets;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling || 'lifo';
  this.maxTotalSockets = this.options.maxTotalSockets;
  this.totalSocketCount = 0;
  this.agentKeepAliveTimeoutBuffer =
    typeof this.options.agentKeepAliveTimeoutBuffer === 'number' && this.options.agentKeepAliveTimeoutBuffer >= 0
    && Number.isFinite(this.options.agentKeepAliveTimeoutBuffer) ? this.options.agentKeepAliveTimeoutBuffer : 1000;
  validateOneOf(this.scheduling, 'scheduling', ['fifo', 'lifo']);
  if (this.maxTotalSockets !== undefined) validateNumber(this.maxTotalSockets, 'maxTotalSockets', 1);
  else this.maxTotalSockets = Infinity;
  // Loaded for those agents only that have proxies.
  if (this.options.proxyEnv) this[kProxy] = require('internal/http/proxy').agentProxy(this.options.proxyEnv, this.protocol);
  this.on('free', onFree);
  // Only TLS sockets have keys to log.
  this.on('newListener', onNewListener);
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);

Agent.defaultMaxSockets = Infinity;
Agent.prototype[kProxy] = null;

Agent.prototype.createConnection = function(...args) {
  if (this?.[kProxy] && this[kProxy].covers(args[0])) return this[kProxy].connect(args[0]);
  return net.createConnection(...args);
};

function onNewListener(event, listener) {
  if (event !== 'keylog' || this[kOnKeylog]) return;
  this[kOnKeylog] = (keylog) => this.emit('keylog', keylog, this);
  for (const list of Object.values(this.sockets)) for (const socket of list) socket.on('keylog', this[kOnKeylog]);
}

// A socket's request is done with it.
function onFree(socket, options) {
  const name = options._agentKey ?? this.getName(options);
  // It may have been closed in the same tick.
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const waiting = this.requests[name];
  if (waiting?.length) {
    const req = waiting.shift();
    const context = req[kContext];
    if (waiting.length === 0) delete this.requests[name];
    socket._httpMessage = req;
    runInContext(context, setRequestSocket, undefined, [this, req, socket]);
    return;
  }
  // Without a request that could come next it is kept, if there is room.
  const req = socket._httpMessage;
  if (!req || !req.shouldKeepAlive || !this.keepAlive) {
    socket.destroy();
    return;
  }
  const free = this.freeSockets[name] || [];
  let count = free.length;
  if (this.sockets[name]) count += this.sockets[name].length;
  if (this.totalSocketCount > this.maxTotalSockets || count > this.maxSockets || free.length >= this.maxFreeSockets
      || !this.keepSocketAlive(socket)) {
    socket.destroy();
    return;
  }
  this.freeSockets[name] = free;
  socket._httpMessage = null;
  this.removeSocket(socket, options);
  socket.once('error', freeSocketErrorListener);
  free.push(socket);
}

function freeSocketErrorListener(err) {
  this.destroy();
  this.emit('agentRemove');
}

// One name for all that may share a connection.
Agent.prototype.getName = function(options = {}) {
  let name = options.host || 'localhost';
  name += ':';
  if (options.port) name += options.port;
  name += ':';
  if (options.localAddress) name += options.localAddress;
  // Node's names have this part for a family of 4 or 6 only.
  if (options.family === 4 || options.family === 6) name += `:${options.family}`;
  if (options.socketPath) name += `:${options.socketPath}`;
  return name;
};

Agent.prototype.addRequest = function(req, options, port, localAddress) {
  // As it was called in older days: (req, host, port, localAddress).
  if (typeof options === 'string') options = { __proto__: null, host: options, port, localAddress };
  if (this.getName === Agent.prototype.getName && reuseByName(this, req, options)) return;
  options = { __proto__: null, ...options, ...this.options };
  if (options.socketPath) options.path = options.socketPath;
  normalizeServerName(options, req);

  const name = this.getName(options);
  this.sockets[name] ||= [];
  const free = this.freeSockets[name];
  let socket;
  if (free) {
    while (free.length > 0 && free[0].destroyed) free.shift();
    socket = this.scheduling === 'fifo' ? free.shift() : free.pop();
    if (free.length === 0) delete this.freeSockets[name];
  }
  const count = (free ? free.length : 0) + this.sockets[name].length;
  if (socket) {
    this.reuseSocket(socket, req);
    setRequestSocket(this, req, socket);
    this.sockets[name].push(socket);
  } else if (count < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
    this.createSocket(req, options, (err, made) => {
      if (err) failRequest(req, err);
      else setRequestSocket(this, req, made);
    });
  } else {
    // There are enough connections: it waits for one of them.
    req[kRequestOptions] = options;
    req[kContext] = getAsyncContext();
    (this.requests[name] ||= []).push(req);
  }
};

// Gives the request a kept connection, if there is one: the name alone says which, and the options are not put together for it.
function reuseByName(agent, req, options) {
  const own = agent.options;
  const name = agent.getName({
    host: 'host' in own ? own.host : options.host,
    port: 'port' in own ? own.port : options.port,
    localAddress: 'localAddress' in own ? own.localAddress : options.localAddress,
    family: 'family' in own ? own.family : options.family,
    socketPath: 'socketPath' in own ? own.socketPath : options.socketPath,
  });
  const free = agent.freeSockets[name];
  if (free === undefined) return false;
  while (free.length > 0 && free[0].destroyed) free.shift();
  const socket = agent.scheduling === 'fifo' ? free.shift() : free.pop();
  if (free.length === 0) delete agent.freeSockets[name];
  if (socket === undefined) return false;
  agent.reuseSocket(socket, req);
  setRequestSocket(agent, req, socket);
  (agent.sockets[name] ||= []).push(socket);
  return true;
}

Agent.prototype.createSocket = function(req, options, cb) {
  options = { __proto__: null, ...options, ...this.options };
  if (options.socketPath) options.path = options.socketPath;
  normalizeServerName(options, req);
  // The options also say how TLS sessions are kept apart.
  options._agentKey = this.getName(options);
  options.encoding = null;
  let called = false;
  const oncreate = (err, socket) => {
    if (called) return;
    called = true;
    if (err) {
      cb(err);
      return;
    }
    const name = options._agentKey;
    (this.sockets[name] ||= []).push(socket);
    this.totalSocketCount++;
    installListeners(this, socket, options);
    cb(null, socket);
  };
  // The settings of a socket whose connection is meant to be kept.
  if (this.keepAlive) {
    options.keepAlive = this.keepAlive;
    options.keepAliveInitialDelay = this.keepAliveMsecs;
  }
  // A request's own time limit is a tunnel's, too.
  if (this[kProxy]) options[require('internal/http/proxy').kTunnelTimeout] = req.timeout ?? options.timeout;
  const made = this.createConnection(options, oncreate);
  if (made && !called) oncreate(null, made);
};

function normalizeServerName(options, req) {
  if (!options.servername && options.servername !== '') options.servername = serverName(options, req);
}

// The name that a TLS client asks for: the Host header's, without its port.
function serverName(options, req) {
  let name = options.host;
  const header = req.getHeader?.('host');
  if (header) {
    validateString(header, 'options.headers.host');
    // abc => abc, abc:123 => abc, [::1] => ::1, [::1]:123 => ::1
    if (header[0] === '[') {
      const end = header.indexOf(']');
      name = end === -1 ? header : header.slice(1, end);
    } else {
      name = header.split(':', 1)[0];
    }
  }
  // An address is no name.
  return net.isIP(name) ? '' : name;
}

function installListeners(agent, socket, options) {
  const onFreed = () => agent.emit('free', socket, options);
  const onClosed = () => {
    // Here, and not in removeSocket: a socket that was taken out of the lists is counted until it ends.
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
  };
  const onTimedOut = () => {
    // A free socket that nobody uses goes; one in use is its request's matter.
    const name = agent.getName(options);
    if (agent.freeSockets[name]?.includes(socket)) {
      socket.destroy();
    }
  };
  const onRemoved = () => {
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
    socket.removeListener('close', onClosed);
    socket.removeListener('free', onFreed);
    socket.removeListener('timeout', onTimedOut);
    socket.removeListener('agentRemove', onRemoved);
  };
  socket.on('free', onFreed);
  socket.on('close', onClosed);
  socket.on('timeout', onTimedOut);
  socket.on('agentRemove', onRemoved);
  if (agent[kOnKeylog]) socket.on('keylog', agent[kOnKeylog]);
}

Agent.prototype.removeSocket = function(socket, options) {
  const name = options._agentKey ?? this.getName(options);
  const lists = [this.sockets];
  // One that cannot be used any more leaves the free ones, too.
  if (!socket.writable) lists.push(this.freeSockets);
  for (const list of lists) {
    const index = list[name]?.indexOf(socket) ?? -1;
    if (index === -1) continue;
    list[name].splice(index, 1);
    if (list[name].length === 0) delete list[name];
  }
  let req = this.requests[name]?.[0];
  if (req === undefined) {
    // Under a limit of all sockets, requests of other names may wait for this one.
    for (const other of Object.keys(this.requests)) {
      if (this.sockets[other]?.length) break;
      [req] = this.requests[other];
      options = req[kRequestOptions];
      break;
    }
  }
  if (req === undefined || !options) return;
  req[kRequestOptions] = undefined;
  // A new one in its place, for the request that waits longest.
  this.createSocket(req, options, (err, made) => {
    if (err) failRequest(req, err);
    else made.emit('free');
  });
};

Agent.prototype.keepSocketAlive = function(socket) {
  socket.setKeepAlive?.(true, this.keepAliveMsecs);
  socket.unref?.();
  let timeout = this.options.timeout || 0;
  let limited = false;
  const hint = socket._httpMessage?.res?.headers?.['keep-alive'];
  const seconds = /^timeout=(\d+)/.exec(hint)?.[1];
  if (seconds !== undefined) {
    // The server says how long it keeps the connection; a request must not cross its end.
    const limit = seconds * 1000 - this.agentKeepAliveTimeoutBuffer;
    limited = limit > 0;
    if (!limited) return false;
    if (timeout === 0 || limit < timeout) timeout = limit;
  }
  if (socket.timeout !== timeout) socket.setTimeout?.(timeout);
  return true;
};

Agent.prototype.reuseSocket = function(socket, req) {
  socket.removeListener('error', freeSocketErrorListener);
  req.reusedSocket = true;
  socket.ref?.();
};

Agent.prototype.destroy = function() {
  for (const lists of [this.freeSockets, this.sockets]) {
    for (const key of Object.keys(lists)) for (const socket of [...lists[key]]) socket.destroy();
  }
};

// There is no connection for it.
function failRequest(req, err) {
  if (err.proxyTunnelTimeout !== undefined) req.emit('timeout');
  req.onSocket(null, err);
}

function setRequestSocket(agent, req, socket) {
  req.onSocket(socket);
  const timeout = agent.options.timeout || 0;
  if (req.timeout === undefined || req.timeout === timeout) return;
  socket.setTimeout(req.timeout);
}

function environmentProxies() {
  return usesEnvironment() ? require('internal/http/global_proxy').checkedEnvironment() : undefined;
}

// The agent of requests that name none, made when there is one: [get, set]. http and https have one each.
function globalAgentOf(Class) {
  let agent;
  return [
    () => agent ??= new Class({ keepAlive: true, scheduling: 'lifo', timeout: 5000, proxyEnv: environmentProxies() }),
    (replacement) => { agent = replacement; },
  ];
}

const [getGlobalAgent, setGlobalAgent] = globalAgentOf(Agent);

module.exports = { Agent, getGlobalAgent, globalAgentOf, kProxy, setGlobalAgent };

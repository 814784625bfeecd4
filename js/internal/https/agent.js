'use strict';
// https.Agent: an http.Agent whose connections are TLS. Connections are shared among requests that ask for the same TLS settings; sessions are kept
// for the next connection to the same server.

const { Agent: HttpAgent, globalAgentOf, kProxy } = require('internal/http/agent');
const tls = require('tls');

const kDefaultSessions = 100;

// What makes connections different, in the order in which Node's names have it.
const NAME_PARTS = [
  'ca', 'cert', 'clientCertEngine', 'ciphers', 'key', 'pfx', 'rejectUnauthorized', 'servername', 'minVersion', 'maxVersion', 'secureProtocol',
  'crl', 'honorCipherOrder', 'ecdhCurve', 'dhparam', 'secureOptions', 'sessionIdContext', 'sigalgs', 'privateKeyIdentifier', 'privateKeyEngine',
];

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  options = { __proto__: null, ...options };
  options.defaultPort ??= 443;
  options.protocol ??= 'https:';
  Reflect.apply(HttpAgent, this, [options]);
  this.maxCachedSessions = this.options.maxCachedSessions;
  if (this.maxCachedSessions === undefined) this.maxCachedSessions = kDefaultSessions;
  this._sessionCache = { map: { __proto__: null }, list: [] };
}
Object.setPrototypeOf(Agent.prototype, HttpAgent.prototype);
Object.setPrototypeOf(Agent, HttpAgent);

// (options), (port, host, options), ... and perhaps a callback
Agent.prototype.createConnection = function createConnection(port, host, options) {
  let cb;
  const last = arguments[arguments.length - 1];
  if (typeof last === 'function') cb = last;
  if (port !== null && typeof port === 'object') options = port;
  else if (host !== null && typeof host === 'object') options = { ...host };
  else if (options === null || typeof options !== 'object') options = {};
  else options = { ...options };
  if (typeof port === 'number') options.port = port;
  if (typeof host === 'string') options.host = host;
  if (cb && this?.[kProxy] && !options.socket && this[kProxy].covers(options)) {
    const keepsAlive = this.keepAlive || Number.isFinite(this.maxSockets);
    this[kProxy].connectSecurely(options, keepsAlive, (through) => connectSecurely(this, through), cb);
    return undefined;
  }
  const socket = connectSecurely(this, options);
  if (cb) cb(null, socket);
  return socket;
};

function connectSecurely(agent, options) {
  if (options._agentKey) {
    const session = agent._getSession(options._agentKey);
    if (session) options = { session, ...options };
  }
  const socket = tls.connect(options);
  if (options._agentKey) {
    socket.on('session', (session) => agent._cacheSession(options._agentKey, session));
    // A session of a connection that failed is worth nothing.
    socket.once('close', (hadError) => { if (hadError) agent._evictSession(options._agentKey); });
  }
  return socket;
}

Agent.prototype.getName = function getName(options = {}) {
  let name = HttpAgent.prototype.getName.call(this, options);
  for (const part of NAME_PARTS) {
    name += ':';
    const value = options[part];
    switch (part) {
      case 'rejectUnauthorized':
      case 'honorCipherOrder':
        if (value !== undefined) name += value;
        break;
      case 'servername':
        if (value && value !== options.host) name += value;
        break;
      case 'pfx':
        if (Array.isArray(value)) for (const one of value) name += `:${one?.buf ?? one}:${one?.passphrase ?? options.passphrase}`;
        else if (value) name += value.buf ?? value;
        break;
      case 'sigalgs':
        if (value) name += JSON.stringify(value);
        break;
      default:
        if (value) name += value;
    }
  }
  return name;
};

Agent.prototype._getSession = function(key) {
  return this._sessionCache.map[key];
};

Agent.prototype._cacheSession = function(key, session) {
  if (this.maxCachedSessions === 0) return;
  const { map, list } = this._sessionCache;
  if (map[key] === undefined) {
    if (list.length >= this.maxCachedSessions) delete map[list.shift()];
    list.push(key);
  }
  map[key] = session;
};

Agent.prototype._evictSession = function(key) {
  const { map, list } = this._sessionCache;
  const index = list.indexOf(key);
  if (index === -1) return;
  list.splice(index, 1);
  delete map[key];
};

const [getGlobalAgent, setGlobalAgent] = globalAgentOf(Agent);

module.exports = { Agent, getGlobalAgent, setGlobalAgent };

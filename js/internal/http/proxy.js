'use strict';
// The proxies that an environment names in HTTP_PROXY, HTTPS_PROXY and NO_PROXY, or in lower case, which comes first: which of them a request goes
// through, and what it says then. Loaded when there is an environment to read; fetch has the same rules.

const net = require('net');
const { Buffer } = require('buffer');
const { URL } = require('url');
const { codes: { ERR_INVALID_ARG_VALUE, ERR_PROXY_INVALID_CONFIG } } = require('internal/errors');
const { validatePort } = require('internal/validators');
const { openTunnel } = require('internal/http/tunnel');

const kTunnelTimeout = Symbol('kTunnelTimeout');

const SCHEME = /^https?:\/\//;
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\//i;

const bare = (host) => (host[0] === '[' && host.at(-1) === ']' ? host.slice(1, -1) : host);
const bracketed = (host) => (net.isIPv6(host) ? `[${host}]` : host);

function variable(env, name) {
  return env[name.toLowerCase()] || env[name];
}

// What the variables say, as text.
function variablesOf(env) {
  return { http: variable(env, 'HTTP_PROXY'), https: variable(env, 'HTTPS_PROXY'), exempt: variable(env, 'NO_PROXY') };
}

// The hosts of a NO_PROXY: names and addresses with or without a port, '.' or '*' before all that end so, ranges of IPv4 addresses, '*' for all.
class Exemptions {
  #all = false;
  #entries = [];

  constructor(text) {
    for (const entry of text.toLowerCase().replace(/(\d)\s+-\s+(\d)/g, '$1-$2').split(/[,\s]+/)) {
      if (entry === '*') this.#all = true;
      else if (entry !== '') this.#entries.push(exemption(entry));
    }
  }

  has(host, port) {
    if (this.#all) return true;
    host = bare(host).toLowerCase();
    return this.#entries.some((entry) => (entry.port === undefined || entry.port === String(port)) && isNamed(entry, host));
  }
}

function exemption(entry) {
  const range = entry.split('-');
  if (range.length === 2 && range.every(net.isIPv4)) return { from: numberOf(range[0]), to: numberOf(range[1]) };
  const [, name, port] = net.isIPv6(entry) ? [entry, entry] : /^(.+?)(?::(\d+))?$/.exec(entry);
  return { name: bare(name), port };
}

function isNamed({ name, from, to }, host) {
  if (name === undefined) return net.isIPv4(host) && from <= numberOf(host) && numberOf(host) <= to;
  if (name[0] === '.') return host.endsWith(name) || host === name.slice(1);
  if (name[0] === '*') return host.endsWith(name.slice(1));
  return host === name;
}

function numberOf(address) {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

// One proxy, and how it is reached.
class Proxy {
  // Throws where `text` is no URL.
  constructor(text) {
    const { hostname, origin, password, port, protocol, username } = new URL(text);
    this.isSecure = protocol === 'https:';
    this.host = bare(hostname);
    this.port = Number(port) || (this.isSecure ? 443 : 80);
    // As errors name it, without its credentials.
    this.origin = `${origin}/`;
    this.authorization = username === '' && password === '' ? null
      : `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
  }

  // A connection to it. What `options` say of trust is for the server behind it.
  connect({ keepAlive, keepAliveInitialDelay, noDelay, timeout }) {
    const own = { host: this.host, port: this.port, keepAlive, keepAliveInitialDelay, noDelay, timeout };
    return this.isSecure ? require('tls').connect(own) : net.connect(own);
  }

  // A connection through it, to a server that it knows nothing more of: openTunnel() says what callback hears.
  tunnel(options, headers, timeout, callback) {
    const lines = this.authorization === null ? headers : ['proxy-authorization', this.authorization, ...headers];
    return openTunnel(this, this.connect({ ...options, timeout: undefined }), `${bracketed(options.host)}:${options.port}`, lines, timeout, callback);
  }
}

// The proxy of an Agent's connections.
class AgentProxy {
  #proxy;
  #exempt;

  constructor(proxy, exempt) {
    this.#proxy = proxy;
    this.#exempt = exempt;
  }

  covers({ host, port, socketPath }) {
    return !socketPath && !this.#exempt.has(host || 'localhost', port);
  }

  // A request over http, whose proxy makes it. `given` is the program's own Host, if any.
  rewrite(req, { host, port }, given) {
    validatePort(port, 'options.port');
    const base = new URL(`http://${bracketed(host)}:${port}`);
    let authority = base.host;
    if (req.method === 'CONNECT') {
      authority = req.path;
    } else {
      if (given !== undefined && authorityOf(given) !== authority) {
        throw new ERR_INVALID_ARG_VALUE('Host in options.headers', given, `must match the request authority (${authority})`);
      }
      if (req.method !== 'OPTIONS' || req.path !== '*') req.path = target(req.path, base).href;
    }
    if (req.hasHeader('host')) req.setHeader('Host', authority);
    const { authorization } = this.#proxy;
    if (authorization !== null) req.setHeader('proxy-authorization', authorization);
    req.setHeader('proxy-connection', req.shouldKeepAlive ? 'keep-alive' : 'close');
  }

  connect(options) {
    return this.#proxy.connect(options);
  }

  // A TLS connection through a tunnel: `secure` makes it of the socket.
  connectSecurely(options, keepsAlive, secure, callback) {
    const headers = keepsAlive ? ['proxy-connection', 'keep-alive'] : [];
    this.#proxy.tunnel(options, headers, options[kTunnelTimeout] || 0, (err, socket, done) => {
      if (err) {
        callback(err);
        return;
      }
      const made = secure({ ...options, socket });
      const onError = (failure) => {
        done();
        callback(failure);
      };
      done((failure) => made.destroy(failure));
      made.once('error', onError);
      made.once('secureConnect', () => {
        done();
        made.removeListener('error', onError);
        callback(null, made);
      });
    });
  }
}

// What a Host header names, as URLs have it.
function authorityOf(value) {
  if (typeof value !== 'string' || /[/?#@\\]/.test(value)) return undefined;
  return URL.parse(`http://${value}`)?.host;
}

function target(path, base) {
  if (path[0] === '/') return new URL(base.origin + path);
  if (!ABSOLUTE.test(path)) throw new ERR_INVALID_ARG_VALUE('options.path', path, 'must be in absolute-form or start with /');
  const url = new URL(path);
  if (url.protocol !== 'http:') {
    throw new ERR_INVALID_ARG_VALUE('options.path', url.protocol, 'must use http: scheme when specified as an absolute URL');
  }
  if (url.username !== '' || url.password !== '') {
    url.username = url.password = '';
    throw new ERR_INVALID_ARG_VALUE('options.path', url.href, 'must not contain userinfo, use options.auth instead');
  }
  if (url.host !== base.host) throw new ERR_INVALID_ARG_VALUE('options.path', url, `must match the request authority (${base.host})`);
  return url;
}

// The AgentProxy of an Agent for `protocol`, or null.
function agentProxy(env, protocol) {
  const { http, https, exempt } = variablesOf(env);
  const text = protocol === 'https:' ? https : http;
  if (!SCHEME.test(text)) return null;
  let proxy;
  try {
    if (/[\r\n]/.test(text)) throw new TypeError('a URL in two lines');
    proxy = new Proxy(text);
  } catch {
    throw new ERR_PROXY_INVALID_CONFIG(`Invalid proxy URL: ${text}`);
  }
  return new AgentProxy(proxy, new Exemptions(exempt || ''));
}

module.exports = { Exemptions, Proxy, SCHEME, agentProxy, bare, kTunnelTimeout, variablesOf };

'use strict';
// Proxies that the environment names in HTTP_PROXY, HTTPS_PROXY and NO_PROXY, where NODE_USE_ENV_PROXY or --use-env-proxy says that they count. A
// request over http is the proxy's to make; one over https goes through a tunnel.

const { Buffer } = require('buffer');
const http = require('http');
const { URL } = require('url');
const { hasOption } = require('internal/options');
const { requestAborted, connectTimeout } = require('internal/fetch/errors');

function variable(name) {
  return process.env[name.toLowerCase()] ?? process.env[name];
}

// One proxy, and how it is reached.
class Proxy {
  #url;
  #agents = { __proto__: null };
  #limits;

  // `limits` are in milliseconds: how long a connection is kept, how long it may take to make one.
  constructor(text, limits) {
    this.#url = new URL(text);
    this.#limits = limits;
  }

  get authorization() {
    const { username, password } = this.#url;
    if (username === '' && password === '') return null;
    return `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
  }

  get #address() {
    const { hostname, port, protocol } = this.#url;
    return { host: bare(hostname), port: port || (protocol === 'https:' ? 443 : 80) };
  }

  // What a request to `url` has to say instead: { agent, host, port, path, headers }.
  optionsFor(url, headers) {
    if (url.protocol === 'https:') return { agent: this.#agents.tunnel ??= this.#tunnelAgent() };
    const { authorization } = this;
    return {
      ...this.#address,
      agent: this.#agents.plain ??= this.#plainAgent(),
      path: `${url.origin}${url.pathname}${url.search}`,
      headers: authorization === null ? headers : [...headers.slice(0, 4), 'proxy-authorization', authorization, ...headers.slice(4)],
    };
  }

  #plainAgent() {
    const agent = new http.Agent({ keepAlive: true, timeout: this.#limits.kept });
    if (this.#url.protocol === 'https:') agent.createConnection = (options) => require('tls').connect({ ...options, servername: bare(this.#url.hostname) });
    return agent;
  }

  #tunnelAgent() {
    const { Agent } = require('https');
    const agent = new Agent({ keepAlive: true, timeout: this.#limits.kept });
    agent.createConnection = (options, callback) => {
      this.#tunnel(options, (err, socket) => {
        if (err) callback(err);
        else callback(null, Agent.prototype.createConnection.call(agent, { ...options, host: undefined, port: undefined, socket }));
      });
    };
    return agent;
  }

  #tunnel(options, callback) {
    const { host, port } = options;
    const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const { authorization } = this;
    const client = this.#url.protocol === 'https:' ? require('https') : http;
    const request = client.request({
      ...this.#address,
      agent: false,
      method: 'CONNECT',
      path: target,
      headers: {
        'host': target,
        'proxy-connection': 'keep-alive',
        ...(authorization === null ? {} : { 'proxy-authorization': authorization }),
      },
      timeout: this.#limits.connect,
    });
    request.on('connect', (response, socket) => {
      socket.setTimeout(0);
      if (response.statusCode === 200) {
        callback(null, socket);
        return;
      }
      socket.destroy();
      callback(requestAborted(`Proxy response (${response.statusCode}) !== 200 when HTTP Tunneling`));
    });
    request.on('timeout', () => request.destroy(connectTimeout(this.#url.hostname, this.#address.port, this.#limits.connect)));
    request.on('error', callback);
    request.end();
  }
}

const bare = (hostname) => (hostname[0] === '[' ? hostname.slice(1, -1) : hostname);

// Whether NO_PROXY names the host of a URL: hosts with or without a port, '*.' or '.' before all names below one.
function isExempt(url, list) {
  if (list === '*') return true;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const hostname = url.hostname.toLowerCase();
  return list.split(/[,\s]+/).some((entry) => {
    if (entry === '') return false;
    const [, name, only] = /^(.+?)(?::(\d+))?$/.exec(entry.toLowerCase());
    if (only !== undefined && only !== port) return false;
    return /^[.*]/.test(name) ? hostname.endsWith(name.replace(/^\*/, '')) : hostname === name;
  });
}

let isEnabled;
const proxies = { __proto__: null };

// The Proxy for a URL, or null.
function proxyFor(url, limits) {
  isEnabled ??= process.env.NODE_USE_ENV_PROXY === '1' || hasOption('use-env-proxy');
  if (!isEnabled) return null;
  // What is not said for https is as for http.
  const text = (url.protocol === 'https:' && variable('HTTPS_PROXY')) || variable('HTTP_PROXY');
  if (!text || isExempt(url, variable('NO_PROXY') ?? '')) return null;
  return proxies[text] ??= new Proxy(text, limits);
}

module.exports = { proxyFor };

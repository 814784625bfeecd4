'use strict';
// A fetch through a proxy that the environment names: one over http is the proxy's to make, one over https goes through a tunnel. Which proxy it is,
// internal/http/proxy knows.

const http = require('http');
const { ConnResetException } = require('internal/errors');
const { currentEnvironment } = require('internal/http/global_proxy');
const { Exemptions, Proxy, bare, variablesOf } = require('internal/http/proxy');
const { connectTimeout, requestAborted } = require('internal/fetch/errors');

// A proxy with the agents that keep its connections.
class FetchProxy {
  #proxy;
  #agents = { __proto__: null };
  #limits;

  // `limits` are in milliseconds: how long a connection is kept, how long it may take to make one.
  constructor(text, limits) {
    this.#proxy = new Proxy(text);
    this.#limits = limits;
  }

  // What a request to `url` has to say instead: { agent, host, port, path, headers }.
  optionsFor(url, headers) {
    if (url.protocol === 'https:') return { agent: this.#agents.tunnel ??= this.#tunnelAgent() };
    const { authorization, host, port } = this.#proxy;
    return {
      host,
      port,
      agent: this.#agents.plain ??= this.#plainAgent(),
      path: `${url.origin}${url.pathname}${url.search}`,
      headers: authorization === null ? headers : [...headers.slice(0, 4), 'proxy-authorization', authorization, ...headers.slice(4)],
    };
  }

  #plainAgent() {
    const agent = new http.Agent({ keepAlive: true, timeout: this.#limits.kept });
    agent.createConnection = (options) => this.#proxy.connect(options);
    return agent;
  }

  #tunnelAgent() {
    const { Agent } = require('https');
    const agent = new Agent({ keepAlive: true, timeout: this.#limits.kept });
    agent.createConnection = (options, callback) => {
      this.#proxy.tunnel(options, ['connection', 'close', 'proxy-connection', 'keep-alive'], this.#limits.connect, (err, socket, hold) => {
        if (err) {
          callback(this.#reasonOf(err));
          return;
        }
        hold();
        callback(null, Agent.prototype.createConnection.call(agent, { ...options, socket }));
      });
    };
    return agent;
  }

  #reasonOf(err) {
    if (err.code !== 'ERR_PROXY_TUNNEL') return err;
    const { host, port } = this.#proxy;
    if (err.proxyTunnelTimeout !== undefined) return connectTimeout(host, port, err.proxyTunnelTimeout);
    if (err.statusCode !== undefined) return requestAborted(`Proxy response (${err.statusCode}) !== 200 when HTTP Tunneling`);
    return new ConnResetException('socket hang up');
  }
}

// Of the variables that were seen last.
let seen = null;
let variables;
let exempt;
const proxies = { __proto__: null };

// The FetchProxy for a URL, or null.
function proxyFor(url, limits) {
  const environment = currentEnvironment();
  if (environment === null) return null;
  if (environment !== seen) {
    seen = environment;
    variables = variablesOf(environment);
    exempt = new Exemptions(variables.exempt || '');
  }
  // What is not said for https is as for http.
  const text = (url.protocol === 'https:' && variables.https) || variables.http;
  if (!text || exempt.has(bare(url.hostname), url.port || (url.protocol === 'https:' ? 443 : 80))) return null;
  return proxies[text] ??= new FetchProxy(text, limits);
}

module.exports = { proxyFor };

'use strict';
// require('http'): the public surface, put together from internal/http.

const { Agent, getGlobalAgent, setGlobalAgent } = require('internal/http/agent');
const { ClientRequest } = require('internal/http/client_request');
const { IncomingMessage } = require('internal/http/incoming');
const { maxHeaderSize } = require('internal/http/limits');
const { OutgoingMessage } = require('internal/http/outgoing');
const { setMaxIdleParsers } = require('internal/http/parsers');
const { Server, _connectionListener } = require('internal/http/server');
const { ServerResponse } = require('internal/http/server_response');
const { METHODS, STATUS_CODES } = require('internal/http/status');
const { validateHeaderName, validateHeaderValue } = require('internal/http/validate');

function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

function request(url, options, cb) {
  return new ClientRequest(url, options, cb);
}

function get(url, options, cb) {
  const req = request(url, options, cb);
  req.end();
  return req;
}

// Loaded by those who call it.
function setGlobalProxyFromEnv(env) {
  return require('internal/http/global_proxy').setGlobalProxyFromEnv(env);
}

module.exports = {
  _connectionListener,
  METHODS: METHODS.toSorted(),
  STATUS_CODES,
  Agent,
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer,
  validateHeaderName,
  validateHeaderValue,
  get,
  request,
  setGlobalProxyFromEnv,
  setMaxIdleHTTPParsers: setMaxIdleParsers,
};

Object.defineProperties(module.exports, {
  maxHeaderSize: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: maxHeaderSize,
  },
  globalAgent: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: getGlobalAgent,
    set: setGlobalAgent,
  },
});

// The global classes, which few programs look for here.
for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) {
  const { get } = Object.getOwnPropertyDescriptor({ get [name]() { return globalThis[name]; } }, name);
  Object.defineProperty(module.exports, name, { __proto__: null, configurable: true, enumerable: true, get });
}

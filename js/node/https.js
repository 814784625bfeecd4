'use strict';
// require('https'): the public surface, put together from internal/https.

const { ClientRequest } = require('internal/http/client_request');
const { Agent, getGlobalAgent, setGlobalAgent } = require('internal/https/agent');
const { Server } = require('internal/https/server');
const { URL, urlToHttpOptions } = require('url');

function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

function request(...args) {
  let options = {};
  if (typeof args[0] === 'string') options = urlToHttpOptions(new URL(args.shift()));
  else if (args[0] instanceof URL) options = urlToHttpOptions(args.shift());
  if (args[0] && typeof args[0] !== 'function') Object.assign(options, args.shift());
  options._defaultAgent = module.exports.globalAgent;
  return new ClientRequest(options, ...args);
}

function get(input, options, cb) {
  const req = request(input, options, cb);
  req.end();
  return req;
}

module.exports = { Agent, Server, createServer, get, request };

Object.defineProperty(module.exports, 'globalAgent', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: getGlobalAgent,
  set: setGlobalAgent,
});

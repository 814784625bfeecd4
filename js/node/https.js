'use strict';

// The public 'https' module. There is no TLS yet: agents and their options exist, and whatever would connect or listen throws.

const { absent } = require('internal/absent');
const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
const http = require('http');

class Agent extends http.Agent {
  constructor(options) {
    super({ defaultPort: 443, protocol: 'https:', ...options });
    this.defaultPort = 443;
    this.protocol = 'https:';
    this.maxCachedSessions = this.options.maxCachedSessions ?? 100;
  }

  createConnection() {
    throw new ERR_METHOD_NOT_IMPLEMENTED('https.Agent.createConnection()');
  }
}

module.exports = {
  Agent,
  globalAgent: new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }),
  ...absent('https', { classes: ['Server'], functions: ['createServer', 'get', 'request'] }),
};

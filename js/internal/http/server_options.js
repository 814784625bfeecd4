'use strict';
// The options of http.createServer(), checked and stored on the server.

const { IncomingMessage } = require('internal/http/incoming');
const { parseUniqueHeaders } = require('internal/http/outgoing_headers');
const { ServerResponse } = require('internal/http/server_response');
const { refuseInsecureParser } = require('internal/http/validate');
const {
  codes: { ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');

const kIncomingMessage = Symbol('IncomingMessage');
const kServerResponse = Symbol('ServerResponse');
const kUniqueHeaders = Symbol('kUniqueHeaders');

// (options, requestListener) or (requestListener) as [options, requestListener].
function serverArguments(options, requestListener) {
  if (typeof options === 'function') return [{}, options];
  if (options == null) return [{}, requestListener];
  validateObject(options, 'options');
  return [options, requestListener];
}

function integer(options, name, fallback) {
  const value = options[name];
  if (value === undefined) return fallback;
  validateInteger(value, name, 0);
  return value;
}

function boolean(options, name, fallback) {
  const value = options[name];
  if (value === undefined) return fallback;
  validateBoolean(value, `options.${name}`);
  return value;
}

function storeOptions(server, options) {
  server[kIncomingMessage] = options.IncomingMessage || IncomingMessage;
  server[kServerResponse] = options.ServerResponse || ServerResponse;
  server.maxHeaderSize = integer(options, 'maxHeaderSize', undefined);
  server.insecureHTTPParser = boolean(options, 'insecureHTTPParser', undefined);
  refuseInsecureParser(server.insecureHTTPParser);
  server.requestTimeout = integer(options, 'requestTimeout', 300_000);
  if (options.headersTimeout !== undefined) server.headersTimeout = integer(options, 'headersTimeout');
  else server.headersTimeout = server.requestTimeout > 0 ? Math.min(60_000, server.requestTimeout) : 60_000;
  if (server.requestTimeout > 0 && server.headersTimeout > 0 && server.headersTimeout > server.requestTimeout) {
    throw new ERR_OUT_OF_RANGE('headersTimeout', '<= requestTimeout', options.headersTimeout);
  }
  server.keepAliveTimeout = integer(options, 'keepAliveTimeout', 5_000);
  server.keepAliveTimeoutBuffer = integer(options, 'keepAliveTimeoutBuffer', 1_000);
  server.connectionsCheckingInterval = integer(options, 'connectionsCheckingInterval', 30_000);
  server.requireHostHeader = boolean(options, 'requireHostHeader', true);
  server.joinDuplicateHeaders = boolean(options, 'joinDuplicateHeaders', undefined);
  server.rejectNonStandardBodyWrites = boolean(options, 'rejectNonStandardBodyWrites', false);
  server.optimizeEmptyRequests = boolean(options, 'optimizeEmptyRequests', false);
  if (options.shouldUpgradeCallback !== undefined) {
    validateFunction(options.shouldUpgradeCallback, 'options.shouldUpgradeCallback');
    server.shouldUpgradeCallback = options.shouldUpgradeCallback;
  } else {
    server.shouldUpgradeCallback = upgradesIfHeard;
  }
  server[kUniqueHeaders] = parseUniqueHeaders(options.uniqueHeaders);
  server.timeout = 0;
  server.maxHeadersCount = null;
  server.maxRequestsPerSocket = 0;
}

// Without a listener, a request for another protocol is an ordinary one.
function upgradesIfHeard() {
  return this.listenerCount('upgrade') > 0;
}

module.exports = { kIncomingMessage, kServerResponse, kUniqueHeaders, serverArguments, storeOptions };

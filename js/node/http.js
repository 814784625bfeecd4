'use strict';
// require('http'): the public surface, put together from internal/http.

const { IncomingMessage } = require('internal/http/incoming');
const { OutgoingMessage } = require('internal/http/outgoing');
const { Server, _connectionListener } = require('internal/http/server');
const { ServerResponse } = require('internal/http/server_response');
const { METHODS, STATUS_CODES } = require('internal/http/status');
const { validateHeaderName, validateHeaderValue } = require('internal/http/validate');

function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

module.exports = {
  IncomingMessage,
  METHODS: METHODS.toSorted(),
  OutgoingMessage,
  STATUS_CODES,
  Server,
  ServerResponse,
  _connectionListener,
  createServer,
  maxHeaderSize: 16 * 1024,
  validateHeaderName,
  validateHeaderValue,
};

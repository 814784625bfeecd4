'use strict';
// require('_http_server'): an older name for a part of http.

const { Server, _connectionListener, kConnectionsCheckingInterval } = require('internal/http/server');
const { ServerResponse } = require('internal/http/server_response');
const { STATUS_CODES } = require('internal/http/status');

module.exports = { STATUS_CODES, Server, ServerResponse, _connectionListener, kConnectionsCheckingInterval };

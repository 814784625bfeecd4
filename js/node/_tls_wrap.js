'use strict';
// require('_tls_wrap'): an older name for a part of tls.

const { connect } = require('internal/tls/connect');
const { Server } = require('internal/tls/server');
const { TLSSocket } = require('internal/tls/socket');

module.exports = { Server, TLSSocket, connect, createServer: (options, listener) => new Server(options, listener) };

'use strict';
// require('net'): the public surface, put together from internal/net.

const { Socket } = require('internal/net/socket');
const { connect } = require('internal/net/connect');
const { Server, createServerHandle } = require('internal/net/server');
const { isIP, isIPv4, isIPv6 } = require('internal/net/ip');
const {
  getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  normalizeArgs,
  setDefaultAutoSelectFamily,
  setDefaultAutoSelectFamilyAttemptTimeout,
} = require('internal/net/options');

function createServer(options, connectionListener) {
  return new Server(options, connectionListener);
}

function createConnection(...args) {
  const normalized = normalizeArgs(args);
  const socket = new Socket(normalized[0]);
  if (normalized[0].timeout) socket.setTimeout(normalized[0].timeout);
  return connect(socket, normalized[0], normalized[1]);
}

module.exports = {
  _createServerHandle: createServerHandle,
  _normalizeArgs: normalizeArgs,
  Server,
  Socket,
  Stream: Socket,
  connect: createConnection,
  createConnection,
  createServer,
  getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  isIP,
  isIPv4,
  isIPv6,
  setDefaultAutoSelectFamily,
  setDefaultAutoSelectFamilyAttemptTimeout,
};

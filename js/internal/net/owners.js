'use strict';
// Sockets and servers for as long as they have a handle: the async ids and context that their callbacks run in, and what
// process.getActiveResourcesInfo() and its kin tell of them.

const { destroyHooksExist, emitDestroy, symbols: { async_id_symbol, context_symbol }, trackResource } = require('internal/async_hooks');
const { addHandleSource } = require('internal/process/active_resources');

// By owner, the handle.
const sockets = new Map();
const servers = new Map();

function socketOpened(socket, handle) {
  sockets.set(socket, handle);
  trackResource(socket, handle instanceof ops.Pipe ? 'PIPEWRAP' : 'TCPWRAP');
}

// The connection was there before anybody was told: what it brings belongs to no context.
function socketAccepted(socket) {
  socket[context_symbol] = undefined;
}

function socketClosed(socket) {
  if (sockets.delete(socket) && destroyHooksExist()) emitDestroy(socket[async_id_symbol]);
}

function serverOpened(server, handle) {
  servers.set(server, handle);
  trackResource(server, handle instanceof ops.Pipe ? 'PIPESERVERWRAP' : 'TCPSERVERWRAP');
}

function serverClosed(server) {
  if (servers.delete(server) && destroyHooksExist()) emitDestroy(server[async_id_symbol]);
}

function* describe(owners, suffix) {
  for (const [object, handle] of owners) {
    if (handle.hasRef?.() === false) continue;
    yield { type: `${handle instanceof ops.Pipe ? 'Pipe' : 'TCP'}${suffix}`, object };
  }
}

addHandleSource(() => [...describe(sockets, 'SocketWrap'), ...describe(servers, 'ServerWrap')]);

module.exports = { serverClosed, serverOpened, socketAccepted, socketClosed, socketOpened };

'use strict';
// https.Server: a tls.Server whose connections the http server's part serves, decrypted.

const http = require('http');
const tls = require('tls');
const { kAttachHandle, kLimitChanged } = require('internal/net/server');
const { _connectionListener, begin, prepare } = require('internal/http/server');
const { serverArguments } = require('internal/http/server_options');

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  [options, requestListener] = serverArguments(options, requestListener);
  // A client that has sent all may still be answered.
  options = { noDelay: true, ...options, allowHalfOpen: true };
  // HTTP is the one protocol that this server speaks.
  if (!options.ALPNProtocols && !options.ALPNCallback) options.ALPNProtocols = ['http/1.1'];
  prepare(this, options);
  Reflect.apply(tls.Server, this, [options, _connectionListener]);
  begin(this, requestListener);
  this.on('tlsClientError', onTlsClientError);
}
Object.setPrototypeOf(Server.prototype, tls.Server.prototype);
Object.setPrototypeOf(Server, tls.Server);

// All that makes an http.Server one, but for taking connections from the listener unseen, and counting them.
const inherited = Object.getOwnPropertyDescriptors(http.Server.prototype);
delete inherited.constructor;
delete inherited[kAttachHandle];
delete inherited[kLimitChanged];
Object.defineProperties(Server.prototype, inherited);

function onTlsClientError(err, socket) {
  if (!this.emit('clientError', err, socket)) socket.destroy(err);
}

module.exports = { Server };

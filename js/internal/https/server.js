'use strict';
// https.Server: a tls.Server whose connections the http server's part serves, decrypted.

const http = require('http');
const tls = require('tls');
const { kAttachHandle } = require('internal/net/server');
const { validateObject } = require('internal/validators');
const { _connectionListener, prepare, startChecking } = require('internal/http/server');

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = {};
  } else if (options == null) {
    options = {};
  } else {
    validateObject(options, 'options');
  }
  // A client that has sent all may still be answered.
  options = { noDelay: true, ...options, allowHalfOpen: true };
  // HTTP is the one protocol that this server speaks.
  if (!options.ALPNProtocols && !options.ALPNCallback) options.ALPNProtocols = ['http/1.1'];
  prepare(this, options);
  Reflect.apply(tls.Server, this, [options, _connectionListener]);
  this.httpAllowHalfOpen = false;
  if (requestListener) this.on('request', requestListener);
  this.on('tlsClientError', onTlsClientError);
  this.on('listening', startChecking);
}
Object.setPrototypeOf(Server.prototype, tls.Server.prototype);
Object.setPrototypeOf(Server, tls.Server);

// All that makes an http.Server one, but for taking connections from the listener unseen.
const inherited = Object.getOwnPropertyDescriptors(http.Server.prototype);
delete inherited.constructor;
delete inherited[kAttachHandle];
Object.defineProperties(Server.prototype, inherited);

function onTlsClientError(err, socket) {
  if (!this.emit('clientError', err, socket)) socket.destroy(err);
}

module.exports = { Server };

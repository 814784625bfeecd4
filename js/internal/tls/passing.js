'use strict';
// A TLSSocket whose bytes are moved without JavaScript: while HTTP has it, its handle is HTTP's (ext_net/src/http/secure.rs), and its
// connection and its carrier stay.

const { kHandle } = require('internal/net/socket');
const { kFault, kOnNews, kPassOn, kTakeBack } = require('internal/net/passing');
const { sslError } = require('internal/tls/errors');
const { kConnection } = require('internal/tls/facts');
const { TlsHandle } = require('internal/tls/handle');

const passing = {
  [kPassOn](take) {
    const handle = this[kHandle];
    if (!(handle instanceof TlsHandle) || handle.owner !== this) {
      take(null);
      return;
    }
    // The addresses are the handle's, which goes away then.
    this._getpeername();
    handle.passOn((native, ahead) => take(native, this[kConnection], ahead));
  },

  [kTakeBack](native) {
    const handle = this.ssl;
    this[kHandle] = handle;
    this._sockname = undefined;
    handle.takeBack(native);
  },

  [kOnNews]() {
    this.ssl?.tellNews();
  },

  [kFault]() {
    const failure = this[kConnection].failure();
    return failure === null ? null : sslError(failure[0], failure[1]);
  },
};

module.exports = { passing };

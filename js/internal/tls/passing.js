'use strict';
// A TLSSocket whose bytes are moved without JavaScript: while HTTP has it, its handle is HTTP's (ext_net/src/http/secure.rs), and its
// connection and its carrier stay.

const { kHandle } = require('internal/net/socket');
const { kFault, kOnNews, kPassOn, kPassed, kTakeBack } = require('internal/net/passing');
const { sslError } = require('internal/tls/errors');
const { kConnection } = require('internal/tls/facts');
const { TlsHandle } = require('internal/tls/handle');

const UV_EPIPE = -32;

// What the carrier has for a handle meanwhile: it is still the connection to its user, who may end it, and asks it for its addresses and for how long it
// has been silent. Its bytes are not its own.
class CarrierHandle {
  constructor(driven, native) {
    this.driven = driven;
    this.resets = native instanceof ops.Tcp;
    this.reading = false;
    this.writeQueueSize = 0;
  }

  get bytesRead() {
    return this.driven.bytesRead;
  }

  get bytesWritten() {
    return this.driven.bytesWritten;
  }

  get fd() {
    return this.driven.fd;
  }

  readStart() {
    return 0;
  }

  readStop() {
    return 0;
  }

  writeBuffer() {
    return UV_EPIPE;
  }

  shutdown() {
    this.driven.shutdown();
    return 0;
  }

  close() {
    this.driven.close();
  }

  reset() {
    return this.driven.reset();
  }

  idleTime() {
    return this.driven.idleTime();
  }

  getpeername(out) {
    return this.driven.getpeername(out);
  }

  getsockname(out) {
    return this.driven.getsockname(out);
  }

  setNoDelay(enable) {
    return this.driven.setNoDelay(enable);
  }

  setKeepAlive(enable, delay) {
    return this.driven.setKeepAlive(enable, delay);
  }

  ref() {
    this.driven.ref();
  }

  unref() {
    this.driven.unref();
  }

  hasRef() {
    return this.driven.hasRef();
  }
}
for (const name of ['writeUtf8', 'writeLatin1', 'writev']) CarrierHandle.prototype[name] = CarrierHandle.prototype.writeBuffer;

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

  [kPassed](driven) {
    const { socket, native } = this.ssl.transport;
    if (socket) socket[kHandle] = new CarrierHandle(driven, native);
  },

  [kTakeBack](native, driven) {
    const handle = this.ssl;
    this[kHandle] = handle;
    this._sockname = undefined;
    handle.bytesRead += driven.bytesRead;
    handle.bytesWritten += driven.bytesWritten;
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

'use strict';
// The functions that Rust calls for sockets and listeners (ext_net/src/callbacks.rs). `this` is the handle's owner, which has the
// methods named here.

const kRead = Symbol('kRead');
const kWritten = Symbol('kWritten');
const kConnected = Symbol('kConnected');
const kConnection = Symbol('kConnection');

let ready = false;

// Once per process, before the first handle is used.
function ensureCallbacks() {
  if (ready) return;
  ready = true;
  ops.op_net_callbacks_set(
    function onRead(status, buffer) {
      this[kRead](status, buffer);
    },
    function onWritten(status) {
      this[kWritten](status);
    },
    function onConnected(status) {
      this[kConnected](status);
    },
    function onConnection(status, handle) {
      this[kConnection](status, handle);
    },
  );
}

module.exports = { ensureCallbacks, kConnected, kConnection, kRead, kWritten };

'use strict';
// The functions that Rust calls for HTTP (ext_net/src/http/callbacks.rs). `this` is the owner of what the call is about, which has the
// methods named here.

const kRequest = Symbol('kRequest');
const kBody = Symbol('kBody');
const kEvent = Symbol('kEvent');

let ready = false;

// Once per process, before the first server or client connection is made.
function ensureCallbacks() {
  if (ready) return;
  ready = true;
  ops.op_net_http_callbacks_set(
    // `this` is a server.
    function onRequest(exchange, flags) {
      this[kRequest](exchange, flags);
    },
    // `this` is a server's response or a client's request.
    function onBody(status, buffer) {
      this[kBody](status, buffer);
    },
    // `this` is one of these, a socket, the link to a stream, or a server.
    function onEvent(kind, a, b, c, d) {
      this[kEvent](kind, a, b, c, d);
    },
  );
}

module.exports = { ensureCallbacks, kBody, kEvent, kRequest };

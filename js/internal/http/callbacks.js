'use strict';
// The functions that Rust calls for HTTP (ext_net/src/http/callbacks.rs): they call the methods named here of the owner of what it is about.

const { exchangeOf, setTable } = require('internal/http/exchange_table');
const { ABORTED } = require('internal/http/flags');

const kRequest = Symbol('kRequest');
const kBody = Symbol('kBody');
const kEvent = Symbol('kEvent');

let ready = false;

// Once per process, before the first server or client connection is made.
function ensureCallbacks() {
  if (ready) return;
  ready = true;
  setTable(ops.op_net_http_callbacks_set(
    // `this` is a server.
    function onRequest(exchange, flags) {
      this[kRequest](exchange, flags);
    },
    function onBody(id, status, buffer, last, behind) {
      exchangeOf(id)?.owner?.[kBody](status, buffer, last, behind);
    },
    function onExchangeEvent(id, kind, a, b, c) {
      const exchange = exchangeOf(id);
      if (exchange === undefined) return;
      if (exchange.owner !== null) exchange.owner[kEvent](kind, a, b, c);
      else if (kind === ABORTED) exchange.release();
    },
    // `this` is a socket, the link to a stream, or a server.
    function onEvent(kind, a, b, c) {
      // A socket that has been given back to its user in the meantime has none: what is told is over.
      this[kEvent]?.(kind, a, b, c);
    },
  ));
}

module.exports = { ensureCallbacks, kBody, kEvent, kRequest };

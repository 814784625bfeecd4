'use strict';
// Bits that JavaScript and Rust (ext_net/src/http/exchange.rs) exchange about a message.

module.exports = {
  // Of a request.
  REQUEST_KEEP_ALIVE: 1,
  REQUEST_HTTP_1_1: 2,
  REQUEST_HEAD: 4,
  REQUEST_BODY: 8,
  REQUEST_EXPECT: 16,
  REQUEST_UPGRADE: 32,
  // Of a response.
  CLOSE: 1,
  CHUNKED: 2,
  RAW: 4,
  // What the event callback tells.
  DRAINED: 1,
  FINISHED: 2,
  ABORTED: 3,
  CONNECTION_CLOSED: 4,
  CONNECTIONS_GONE: 5,
};

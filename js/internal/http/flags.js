'use strict';
// Bits and numbers that JavaScript and Rust (ext_net/src/http/flags.rs, exchange.rs, sweep.rs) exchange about messages.

module.exports = {
  // Of a message that came.
  KEEP_ALIVE: 1,
  HTTP_1_1: 2,
  HEAD: 4,
  BODY: 8,
  EXPECT: 16,
  UPGRADE: 32,
  CONNECT: 64,
  HOST: 128,
  FRAMED: 256,
  UNTIL_END: 1024,
  // Of a message that goes out.
  CLOSE: 1,
  CHUNKED: 2,
  RAW: 4,
  OUT_HEAD: 8,
  OUT_CONNECT: 16,
  OUT_REQUEST: 32,
  // What the event callback tells.
  DRAINED: 1,
  FINISHED: 2,
  ABORTED: 3,
  CLOSED: 4,
  GONE: 5,
  RESPONSE: 6,
  INTERIM: 7,
  UPGRADED: 8,
  REFUSED: 9,
  TIMEOUT: 10,
  DROPPED: 11,
  WRITE: 12,
  END: 13,
  RESUME: 14,
  CLOSED_BY_PEER: 15,
  READ: 16,
  WRITTEN: 17,
  UNASKED: 18,
  NEWS: 19,
  // What took too long; the other kinds need no telling apart.
  LATE_REQUEST: 3,
};

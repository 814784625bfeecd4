'use strict';

// What V8's serializer asks its owner, by the numbers that ext_os/src/v8_api/delegate.rs gives.

module.exports = {
  CLONE_ERROR: 0,
  WRITE_HOST_OBJECT: 1,
  SHARED_BUFFER_ID: 2,
  READ_HOST_OBJECT: 3,
  SHARED_BUFFER: 4,
  WASM_MODULE_ID: 5,
  WASM_MODULE: 6,
};

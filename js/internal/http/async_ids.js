'use strict';

// What async_hooks hears of requests: a resource for each, from its beginning to its end. Without hooks nothing is done.

const {
  destroyHooksExist,
  emitDestroy,
  initHooksExist,
  symbols: { async_id_symbol },
  trackResource,
} = require('internal/async_hooks');

function begin(request, type) {
  if (initHooksExist()) trackResource(request, type);
}

function end(request) {
  if (destroyHooksExist() && request[async_id_symbol] > 0) {
    emitDestroy(request[async_id_symbol]);
    request[async_id_symbol] = -1;
  }
}

module.exports = { begin, end };

'use strict';

// The Worker class as far as it exists: a runtime is one thread, and asking for
// another is an error that says so.

const { EventEmitter } = require('events');
const {
  codes: { ERR_METHOD_NOT_IMPLEMENTED },
} = require('internal/errors');

class Worker extends EventEmitter {
  constructor() {
    super();
    throw new ERR_METHOD_NOT_IMPLEMENTED('worker_threads.Worker()');
  }
}

module.exports = { Worker };

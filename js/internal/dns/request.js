'use strict';
// A question that is under way: its callback runs in the async context that asked, and performance observers hear how long it took.

const { AsyncResource } = require('internal/async_hooks/resource');
const { destroyHooksExist } = require('internal/async_hooks');
const { finishEntry, startEntry } = require('internal/perf/observed');

class Request extends AsyncResource {
  #done;
  #entry;

  // `done(err, result)` is called once; `detail` is what an observer gets to see from the start.
  constructor(type, name, detail, done) {
    super(type, { requireManualDestroy: true });
    this.#done = done;
    this.#entry = startEntry('dns', name, detail);
  }

  // `more` is what an observer gets to see at the end.
  succeed(result, more) {
    finishEntry(this.#entry, more);
    this.#end(null, result);
  }

  fail(err) {
    this.#end(err);
  }

  #end(err, result) {
    try {
      this.runInAsyncScope(this.#done, undefined, err, result);
    } finally {
      if (destroyHooksExist()) this.emitDestroy();
    }
  }
}

module.exports = { Request };

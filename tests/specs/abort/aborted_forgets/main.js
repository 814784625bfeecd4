'use strict';
// util.aborted() does not keep what it is for alive, and says nothing when that has gone.
const { aborted, inspect } = require('util');
const { getEventListeners } = require('events');

const controller = new AbortController();
const promise = aborted(controller.signal, {});
setImmediate(() => {
  gc();
  controller.abort();
  console.log(getEventListeners(controller.signal, 'abort').length);
  setImmediate(() => console.log(inspect(promise)));
});

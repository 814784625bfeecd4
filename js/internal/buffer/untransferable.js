'use strict';
// Objects that may not be transferred to another thread: the Buffer pool, and what a program marks as
// such. An ArrayBuffer among them cannot be detached by any other means either.

const { isArrayBuffer } = core;

const marked = new WeakSet();

function markAsUntransferable(object) {
  if ((typeof object !== 'object' || object === null) && typeof object !== 'function') return;
  marked.add(object);
  if (isArrayBuffer(object)) ops.op_os_buffer_protect(object);
}

function isMarkedAsUntransferable(object) {
  return marked.has(object);
}

module.exports = { isMarkedAsUntransferable, markAsUntransferable };

'use strict';

// A callback in the loop's immediate phase for built-ins' own bookkeeping: no
// ids, no async context, not seen by hooks.

// A `refed` one keeps the loop alive until it has run; a `first` one goes before all that are queued.
function queueRawImmediate(callback, { refed, first }) {
  const immediate = {
    _idleNext: null,
    _idlePrev: null,
    _argv: undefined,
    _destroyed: false,
    [core.kRefed]: refed,
    asyncId: 0,
    triggerAsyncId: 0,
    _onImmediate: callback,
  };
  if (refed) core.immediateRefCount(true);
  core.queueImmediate(immediate);
  const queue = core.immediateQueue;
  if (first && queue.head !== immediate) {
    queue.remove(immediate);
    immediate._idleNext = queue.head;
    queue.head._idlePrev = immediate;
    queue.head = immediate;
  }
}

module.exports = { queueRawImmediate };

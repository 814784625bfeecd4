'use strict';
// The messages between a cluster's primary and its workers: numbered, and answered by number.

const callbacks = new Map();
let seq = 0;

// Sends to a ChildProcess or to `process`; `cb` gets the answer to this very message.
function sendHelper(proc, message, handle, cb) {
  if (!proc.connected) return false;
  const numbered = { cmd: 'NODE_CLUSTER', ...message, seq };
  if (typeof cb === 'function') callbacks.set(seq, cb);
  seq += 1;
  // A peer that has died since it asked is told of by its 'exit' or 'disconnect': an 'error' of the primary's would end that for nothing.
  return proc.send(numbered, handle, { swallowErrors: true });
}

// A listener of 'internalMessage': answers go to whoever asked, the rest to `onmessage`.
function internal(worker, onmessage) {
  return function onInternalMessage(message, handle) {
    if (message.cmd !== 'NODE_CLUSTER') return;
    let target = onmessage;
    if (message.ack !== undefined) {
      const callback = callbacks.get(message.ack);
      if (callback !== undefined) {
        callbacks.delete(message.ack);
        target = callback;
      }
    }
    target.call(worker, message, handle);
  };
}

// What identifies a listener among the workers that share it.
function serverKey({ address, port, addressType, fd, index }) {
  return `${address}:${port}:${addressType}:${fd}:${index}`;
}

module.exports = { internal, sendHelper, serverKey };

'use strict';
// The primary's side of a listener whose descriptor every worker gets (SCHED_NONE, and datagrams).

const { createServerHandle } = require('internal/net/server');

class SharedHandle {
  constructor(key, address, { port, addressType, fd, flags }) {
    this.key = key;
    this.workers = new Map();
    this.handle = null;
    this.errno = 0;
    let result;
    if (addressType === 'udp4' || addressType === 'udp6') {
      // Loaded by those who share datagram sockets only.
      result = require('internal/dgram')._createSocketHandle(address, port, addressType, fd, flags);
    } else {
      result = createServerHandle(address, port, addressType, fd, flags);
    }
    if (typeof result === 'number') this.errno = result;
    else this.handle = result;
  }

  has(worker) {
    return this.workers.has(worker.id);
  }

  add(worker, send) {
    this.workers.set(worker.id, worker);
    send(this.errno, null, this.handle);
  }

  // Whether this was the last worker: the handle is closed then.
  remove(worker) {
    if (!this.workers.delete(worker.id)) return false;
    if (this.workers.size !== 0) return false;
    this.handle?.close();
    this.handle = null;
    return true;
  }
}

module.exports = SharedHandle;

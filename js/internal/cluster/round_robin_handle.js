'use strict';
// The primary's side of a listener that is shared by turns. Which worker gets a connection, and the way there, is Rust's
// (ext_cluster/src/dispatch.rs); this opens the listener and keeps the list of workers.

const { Server } = require('net');
const { kChannelHandle } = require('internal/child_process/channel');

const IPV6_ONLY = 1;

class RoundRobinHandle {
  constructor(key, address, { port, fd, flags, backlog, readableAll, writableAll }) {
    this.key = key;
    this.workers = new Map();
    this.dispatcher = null;
    this.server = new Server();
    if (fd >= 0) this.server.listen({ fd, backlog });
    else if (port >= 0) this.server.listen({ port, host: address ?? undefined, ipv6Only: Boolean(flags & IPV6_ONLY), backlog, exclusive: true });
    else this.server.listen({ path: address, backlog, readableAll, writableAll });
    this.server.once('listening', () => {
      this.handle = this.server._handle;
      this.server._handle = null;
      this.server = null;
      this.dispatcher = new ops.Dispatcher(key, this.handle);
    });
  }

  has(worker) {
    return this.workers.has(worker.id);
  }

  add(worker, send) {
    this.workers.set(worker.id, worker);
    const done = () => {
      let reply = null;
      if (!(this.handle instanceof ops.Pipe)) {
        const sockname = {};
        this.handle.getsockname(sockname);
        reply = { sockname };
      }
      send(null, reply, null);
      // From here on it gets connections: after the answer, on the same channel.
      if (this.workers.has(worker.id) && worker.isConnected()) {
        this.dispatcher.add(worker.id, worker.process[kChannelHandle], worker.window ?? 1);
      }
    };
    if (this.server === null) {
      done();
      return;
    }
    this.server.once('listening', done);
    this.server.once('error', (err) => send(err.errno, null));
  }

  // Whether this was the last worker: the listener is closed then.
  remove(worker) {
    if (!this.workers.delete(worker.id)) return false;
    this.dispatcher?.remove(worker.id);
    if (this.workers.size !== 0) return false;
    this.dispatcher?.close();
    this.handle?.close();
    this.server?.close();
    this.handle = null;
    return true;
  }
}

module.exports = RoundRobinHandle;

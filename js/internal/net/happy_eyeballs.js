'use strict';
// Connecting to a name that has several addresses: each gets a handle of its own and some time before the next is tried. The first to connect
// wins; when none does, the error has all of theirs.

const {
  codes: { ERR_IP_BLOCKED, ERR_SOCKET_CONNECTION_TIMEOUT },
  ExceptionWithHostPort,
} = require('internal/errors');
const { clearTimeout, setTimeout } = require('timers');
const { startEntry } = require('internal/perf/observed');
const { checkBindError } = require('internal/net/bind');
const { kConnectDone, kHandle, replaceHandle, startConnecting } = require('internal/net/socket');

const UV_ETIMEDOUT = -110;

class Attempts {
  constructor(socket, addresses, { port, localPort, timeout }, connected) {
    this.socket = socket;
    this.addresses = addresses;
    this.port = port;
    this.localPort = localPort;
    this.timeout = timeout;
    this.connected = connected;
    this.next = 0;
    this.timer = null;
    this.errors = [];
    socket.autoSelectFamilyAttemptedAddresses = [];
  }

  // Tries addresses until one attempt is under way or none is left.
  go() {
    const { socket } = this;
    clearTimeout(this.timer);
    while (socket.connecting && this.next < this.addresses.length) {
      if (this.start(this.addresses[this.next++])) return;
    }
    if (!socket.connecting) return;
    socket.destroy(this.errors.length === 0 ? new ERR_SOCKET_CONNECTION_TIMEOUT() : all(this.errors));
  }

  // Whether the attempt is under way.
  start({ address, family }) {
    const { socket, port, localPort } = this;
    if (this.next > 1) replaceHandle(socket, new ops.Tcp());
    const handle = socket[kHandle];
    if (localPort) {
      const local = family === 6 ? '::' : '0.0.0.0';
      const status = checkBindError(handle.bind(local, localPort, 0), localPort, handle);
      if (status) {
        this.errors.push(new ExceptionWithHostPort(status, 'bind', local, localPort));
        return false;
      }
    }
    if (socket.blockList?.check(address, `ipv${family}`)) {
      this.failed(address, family, new ERR_IP_BLOCKED(address));
      return false;
    }
    socket.autoSelectFamilyAttemptedAddresses.push(`${address}:${port}`);
    socket.emit('connectionAttempt', address, port, family);
    const status = startConnecting(socket, handle, address, port);
    if (status) {
      const { address: local, port: bound } = socket._getsockname();
      this.failed(address, family, new ExceptionWithHostPort(status, 'connect', address, port, `${local}:${bound}`));
      return false;
    }
    const entry = startEntry('net', 'connect', { host: address, port });
    // In two steps, for V8 makes a function long-lived that is assigned to a property, with all that it refers to.
    const done = (result) => this.done(result, address, family, entry);
    socket[kConnectDone] = done;
    if (this.next < this.addresses.length) {
      this.timer = setTimeout(() => this.tooLate(handle, address, family), this.timeout);
      // The attempt itself keeps the loop alive.
      this.timer.unref();
    }
    return true;
  }

  failed(address, family, err) {
    this.errors.push(err);
    this.socket.emit('connectionAttemptFailed', address, this.port, family, err);
  }

  done(status, address, family, entry) {
    const { socket } = this;
    clearTimeout(this.timer);
    if (socket.destroyed) return;
    if (status === 0) {
      this.connected(socket, entry, address, family, this.port);
      return;
    }
    this.failed(address, family, new ExceptionWithHostPort(status, 'connect', address, this.port));
    this.go();
  }

  tooLate(handle, address, family) {
    const { socket } = this;
    if (socket[kHandle] !== handle) return;
    socket[kConnectDone] = null;
    socket.emit('connectionAttemptTimeout', address, this.port, family);
    this.errors.push(new ExceptionWithHostPort(UV_ETIMEDOUT, 'connect', address, this.port));
    this.go();
  }
}

function all(errors) {
  const err = new AggregateError(errors);
  err.code = errors[0].code;
  return err;
}

function connectSeveral(socket, addresses, options, connected) {
  new Attempts(socket, addresses, options, connected).go();
}

module.exports = { connectSeveral };

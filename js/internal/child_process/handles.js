'use strict';
// Handles that travel with a message: what of them is sent, and what the receiver makes of the descriptor. Queueing, acknowledging and sending
// again are Rust's (ext_cluster/src/outbox.rs).

const net = require('net');
const {
  codes: { ERR_INVALID_HANDLE_TYPE },
  ErrnoException,
} = require('internal/errors');
const { listOfReceived, listOfSent } = require('internal/child_process/socket_list');

const classes = { __proto__: null, TCP: 'Tcp', PIPE: 'Pipe', UDP: 'Udp' };

// A native handle that owns descriptor `fd`, which came as a handle of `type`.
function adopt(fd, type) {
  const name = classes[ops.op_net_fd_type(fd)];
  if (name === undefined || (name === 'Udp') !== type.startsWith('dgram.')) {
    ops.op_cluster_fd_close(fd);
    throw new ERR_INVALID_HANDLE_TYPE();
  }
  const handle = new ops[name]();
  const status = handle.open(fd);
  if (status) throw new ErrnoException(status, 'open');
  return handle;
}

function isDatagramSocket(value) {
  // Loaded by those who have made one only.
  return typeof value.addMembership === 'function' && value instanceof require('dgram').Socket;
}

function typeOf(value) {
  if (value instanceof net.Socket) return 'net.Socket';
  if (value instanceof net.Server) return 'net.Server';
  if (value instanceof ops.StreamHandle) return 'net.Native';
  if (value instanceof ops.Udp) return 'dgram.Native';
  if (isDatagramSocket(value)) return 'dgram.Socket';
  throw new ERR_INVALID_HANDLE_TYPE();
}

// For each type: `take(link, wrapped, object, options)` returns the native handle to send, or nothing; `make(link, message, handle, done, fault)`
// calls done(object) with what the receiver gets, or fault(err).
const native = {
  take: (link, wrapped, object) => object,
  make(link, message, handle, done) {
    done(handle);
  },
};

const types = {
  '__proto__': null,
  'net.Native': native,
  'dgram.Native': native,
  'net.Server': {
    take: (link, wrapped, server) => server._handle,
    make(link, message, handle, done, fault) {
      const server = new net.Server();
      server.once('error', fault);
      server.listen(handle, () => {
        server.removeListener('error', fault);
        done(server);
      });
    },
  },
  'net.Socket': {
    take: takeSocket,
    make(link, message, handle, done) {
      const socket = new net.Socket({ handle, readable: true, writable: true });
      // Its server, in the sender, wants to know when it is closed.
      if (message.key) listOfReceived(link, message.key).add(socket);
      done(socket);
    },
  },
  'dgram.Socket': {
    take: (link, wrapped, socket) => socket[socketState()].handle,
    make(link, message, handle, done, fault) {
      const { createSocket } = require('dgram');
      const socket = createSocket(message.dgramType === 'udp6' ? 'udp6' : 'udp4');
      socket.once('error', fault);
      socket.bind(handle, () => {
        socket.removeListener('error', fault);
        done(socket);
      });
    },
  },
};

// Where a dgram.Socket keeps its native handle.
function socketState() {
  return require('internal/dgram').kStateSymbol;
}

function takeSocket(link, wrapped, socket, options) {
  const handle = socket._handle;
  if (!handle) return undefined;
  const { server } = socket;
  if (server) {
    wrapped.key = server._connectionKey;
    listOfSent(link, server, wrapped.key);
    if (!options?.keepOpen) server._connections--;
  }
  if (!options?.keepOpen) {
    handle.readStop();
    socket._handle = null;
    socket.setTimeout(0);
    socket._detachFromHttp?.();
  }
  return handle;
}

// Sends `message` with `object`'s descriptor. Returns what the native send does.
function sendHandle(link, message, object, options, tracked) {
  const type = typeOf(object);
  const wrapped = { cmd: 'NODE_HANDLE', type, msg: message };
  if (type === 'dgram.Socket') wrapped.dgramType = object.type;
  const handle = types[type].take(link, wrapped, object, options);
  // What is closed already cannot be sent; its message can.
  if (!handle || handle.fd < 0) return link.handle.send(message, tracked);
  // A socket that nobody here keeps goes itself; of everything else, a copy.
  if (type === 'net.Socket' && !options?.keepOpen) return link.handle.sendSocket(wrapped, handle, tracked);
  return link.handle.sendHandle(wrapped, handle.fd, tracked);
}

// For a message that came with a handle: makes of the descriptor what the message says, and calls done(link, message, object) with the message
// that it came with. A sender whose descriptor is not what it says is reported: fault(link, err).
function receiveHandle(link, wrapped, done, fault) {
  const { type } = wrapped;
  let handle;
  try {
    handle = claim(link.handle, type);
  } catch (err) {
    fault(link, err);
    return;
  }
  // The sender has been told to send it again.
  if (handle === undefined) return;
  types[type].make(link, wrapped, handle, (object) => done(link, wrapped.msg, object), (err) => fault(link, err));
}

function claim(channel, type) {
  if (type === 'net.Socket') {
    const handle = channel.claimSocket();
    if (typeof handle === 'number') throw new ErrnoException(handle, 'open');
    return handle;
  }
  const fd = channel.claimHandle();
  if (fd < 0) return undefined;
  if (typeof type !== 'string' || types[type] === undefined) {
    ops.op_cluster_fd_close(fd);
    throw new ERR_INVALID_HANDLE_TYPE();
  }
  return adopt(fd, type);
}

module.exports = { receiveHandle, sendHandle };

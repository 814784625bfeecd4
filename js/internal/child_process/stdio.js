'use strict';
// The `stdio` option of spawn() in all its forms, and the streams at our end of the pipes.

const net = require('net');
const {
  codes: {
    ERR_INVALID_ARG_VALUE, ERR_INVALID_SYNC_FORK_INPUT, ERR_IPC_ONE_PIPE, ERR_IPC_SYNC_FORK,
  },
} = require('internal/errors');
const { inspect } = require('internal/util/inspect');

// What the native spawn takes for a descriptor of the child that is none of ours.
const FD_IGNORE = -1;
const FD_PIPE = -2;

const shorthands = {
  __proto__: null,
  ignore: ['ignore', 'ignore', 'ignore'],
  pipe: ['pipe', 'pipe', 'pipe'],
  overlapped: ['overlapped', 'overlapped', 'overlapped'],
  inherit: [0, 1, 2],
};

// 'pipe' and its kin, written out; with `ipc`, a channel behind them.
function expandStdio(stdio, ipc) {
  const entries = shorthands[stdio];
  if (entries === undefined) throw new ERR_INVALID_ARG_VALUE('stdio', stdio);
  return ipc === undefined ? [...entries] : [...entries, ipc];
}

// The native stream handle that `value` is or has.
function nativeHandle(value) {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const candidate of [value, value.handle, value._handle]) {
    if (candidate instanceof ops.StreamHandle) return candidate;
    if (ops.Udp !== undefined && candidate instanceof ops.Udp) return candidate;
  }
  return undefined;
}

function isFdOwner(value) {
  return typeof value === 'object' && value !== null && typeof value.fd === 'number';
}

function parseEntry(entry, index, sync) {
  entry ??= index < 3 ? 'pipe' : 'ignore';
  if (entry === 'ignore') return { type: 'ignore' };
  if (entry === 'pipe' || entry === 'overlapped' || (typeof entry === 'number' && entry < 0)) {
    return { type: entry === 'overlapped' ? 'overlapped' : 'pipe', readable: index === 0, writable: index !== 0 };
  }
  if (entry === 'ipc') return { type: 'pipe', ipc: true };
  if (entry === 'inherit') return { type: 'inherit', fd: index };
  const handle = nativeHandle(entry);
  if (handle !== undefined && !isFdOwner(entry)) return { type: 'wrap', handle, stream: entry };
  if (typeof entry === 'number') return { type: 'fd', fd: entry };
  if (isFdOwner(entry)) return { type: 'fd', fd: entry.fd };
  if (typeof entry === 'string' || ArrayBuffer.isView(entry)) {
    if (!sync) throw new ERR_INVALID_SYNC_FORK_INPUT(inspect(entry));
    // The child reads this from its descriptor.
    return { type: 'pipe', readable: index === 0, writable: index !== 0, input: entry };
  }
  throw new ERR_INVALID_ARG_VALUE('stdio', entry);
}

// { stdio: one object for each descriptor of the child, ipcFd: which of them is the channel, or undefined }
function parseStdio(option, sync) {
  const given = typeof option === 'string' ? expandStdio(option) : option;
  if (!Array.isArray(given)) throw new ERR_INVALID_ARG_VALUE('stdio', option);
  const stdio = [];
  let ipcFd;
  for (let i = 0; i < Math.max(given.length, 3); i++) {
    const entry = parseEntry(given[i], i, sync);
    if (entry.ipc) {
      if (sync) throw new ERR_IPC_SYNC_FORK();
      if (ipcFd !== undefined) throw new ERR_IPC_ONE_PIPE();
      ipcFd = i;
    }
    stdio.push(entry);
  }
  return { stdio, ipcFd };
}

// What the native spawn takes for this entry.
function nativeNumber(entry) {
  switch (entry.type) {
    case 'ignore': return FD_IGNORE;
    case 'wrap': return entry.handle.fd;
    case 'inherit':
    case 'fd': return entry.fd;
    default: return FD_PIPE;
  }
}

// The stream at our end of a pipe, or, without a descriptor, of one that was never made.
function createStream(fd, readable) {
  if (fd < 0) return new net.Socket({ readable });
  const handle = new ops.Pipe();
  handle.open(fd);
  return new net.Socket({ handle, readable });
}

module.exports = { createStream, expandStdio, nativeNumber, parseStdio };

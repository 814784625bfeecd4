'use strict';
// The way of events from Rust (ext_net/src/reactor.rs) to the sockets and servers that they are for. Rust calls pump() once in a turn of the
// loop, and that asks for one event after the other; each is delivered as a callback of its own.
//
// An owner has the methods that are named by the symbols here. While it has a handle it is in a table that Rust keeps by event id.

const {
  destroyHooksExist,
  emitDestroy,
  symbols: { async_id_symbol },
  trackResource,
} = require('internal/async_hooks');
const { FastBuffer, allocate } = require('internal/buffer/fast_buffer');
const { addHandleSource } = require('internal/process/active_resources');
const { trampoline } = require('internal/process/execution');

// The events, by the numbers that Rust has for them.
const kNone = 0;
const kReadEvent = 1;
const kUserBufferEvent = 2;
const kReadEndEvent = 3;
const kWrittenEvent = 4;
const kConnectedEvent = 5;
const kAcceptedEvent = 6;
const kAcceptFailedEvent = 7;
const kMessageEvent = 8;
const kMessageFailedEvent = 9;
const kSentEvent = 10;

// Places of the numbers that belong to an event.
const kId = 0;
const kStatus = 1;
const kPort = 2;
const kFamily = 3;
const kAddress = 4;

// Up to this length a chunk is a piece of the pool that Buffer.allocUnsafe() takes from; memory of its own would cost more than the copy.
const kPooled = 4096;

// (buffer): bytes that have come
const kOnRead = Symbol('kOnRead');
// (count): bytes that have come, offered before they are a buffer; true when they have been dealt with
const kForward = Symbol('kForward');
// (count): bytes that have come into the user's buffer
const kOnUserRead = Symbol('kOnUserRead');
// (errno): the end
const kOnReadEnd = Symbol('kOnReadEnd');
// (status): what waited is written
const kOnWritten = Symbol('kOnWritten');
// (status): the end of connecting
const kOnConnected = Symbol('kOnConnected');
// (status, handle): a connection
const kOnConnection = Symbol('kOnConnection');
// (buffer, port, family, address): a datagram; the address as text
const kOnMessage = Symbol('kOnMessage');
// (errno): receiving has failed
const kOnMessageFailed = Symbol('kOnMessageFailed');
// (status): the oldest datagram that waited is sent
const kOnSent = Symbol('kOnSent');
// (what was given to closed())
const kOnClosed = Symbol('kOnClosed');

// Where a dgram.Socket has its state, its handle among it.
const kState = Symbol('state symbol');

// Who owns the handle with an event id, and what process.getActiveResourcesInfo() calls such a handle.
const owners = [];

let native;
let numbers;

// Makes Rust know this module; before the first handle is made.
function ensurePump() {
  if (native !== undefined) return;
  native = new ops.NetPump(pump, owners, runClosed);
  numbers = new Int32Array(native.numbers());
  ops.op_net_connection_callback_set(function onConnection(status, handle) {
    this[kOnConnection](status, handle);
  });
}

function pump() {
  let id = -1;
  for (;;) {
    const event = native.next();
    if (event === kNone) break;
    if (numbers[kId] !== id) {
      id = numbers[kId];
      turn = 0;
    } else if (event !== kWrittenEvent) {
      turn++;
    }
    const owner = owners[id];
    if (owner !== undefined) trampoline(deliver, owner, event, numbers[kStatus]);
  }
  turn = 0;
  if (pending.length > 0) runPending();
}

// What libuv would have in its queue of what is pending: [owner, callback, ...].
let pending = [];
// Rounds of what is pending that follow events at once, in libuv.
const kRounds = 8;

// Calls `callback` for `owner` after the events at hand; where there are none, before the next.
function afterEvents(owner, callback) {
  if (pending.length === 0) native.requestClosing();
  pending.push(owner, callback);
}

function runPending() {
  for (let round = 0; round < kRounds && pending.length > 0; round++) {
    const calls = pending;
    pending = [];
    for (let i = 0; i < calls.length; i += 2) trampoline(calls[i + 1], calls[i]);
  }
  if (pending.length > 0) native.requestClosing();
}

function deliver(event, status) {
  switch (event) {
    case kReadEvent:
      if (this[kForward] === undefined || !this[kForward](status)) this[kOnRead](takeBytes(status));
      break;
    case kUserBufferEvent:
      this[kOnUserRead](status);
      break;
    case kReadEndEvent:
      this[kOnReadEnd](status);
      break;
    case kWrittenEvent:
      this[kOnWritten](status);
      break;
    case kConnectedEvent:
      this[kOnConnected](status);
      break;
    case kAcceptedEvent:
      this[kOnConnection](0, native.takeHandle());
      break;
    case kAcceptFailedEvent:
      this[kOnConnection](status);
      break;
    case kMessageEvent:
      this[kOnMessage](takeBytes(status), numbers[kPort], numbers[kFamily], takeAddress(this));
      break;
    case kMessageFailedEvent:
      this[kOnMessageFailed](status);
      break;
    case kSentEvent:
      this[kOnSent](status);
      break;
  }
}

// What an event has brought, as a Buffer.
function takeBytes(count) {
  if (count > kPooled) return new FastBuffer(native.take());
  const buffer = allocate(count);
  if (count !== 0) native.copy(buffer);
  return buffer;
}

// Most datagrams come from where the one before came from.
let lastNumber = 0;
let lastText = '0.0.0.0';

// The text of a datagram's address.
function takeAddress(socket) {
  if (numbers[kFamily] !== 4) return socket[kState].handle.lastAddress();
  const number = numbers[kAddress];
  if (number !== lastNumber) {
    lastNumber = number;
    lastText = `${number >>> 24}.${number >>> 16 & 0xff}.${number >>> 8 & 0xff}.${number & 0xff}`;
  }
  return lastText;
}

// From here on `owner` gets the events of `handle`, in the async context of now.
function own(owner, handle, type) {
  ensurePump();
  handle.setOwner?.(owner);
  trackResource(owner, type);
}

// What was closed, by turns: [owner, value, ...] for each.
let waiting = [];
// Which of a socket's events of this turn is being delivered: libuv would have that one in so many turns from now.
let turn = 0;

// `owner` has closed its handle: its [kOnClosed](value) is called when the loop's turn ends.
function closed(owner, value) {
  disowned(owner);
  if (waiting.length === 0) native.requestClosing();
  (waiting[turn] ??= []).push(owner, value);
}

// As closed(), for an owner that nobody need tell.
function disowned(owner) {
  if (destroyHooksExist()) emitDestroy(owner[async_id_symbol]);
}

// Of those closed in one turn the last one comes first, as in libuv.
function runClosed() {
  const turns = waiting;
  waiting = [];
  for (const ended of turns) {
    if (ended === undefined) continue;
    for (let i = ended.length - 2; i >= 0; i -= 2) trampoline(ended[i][kOnClosed], ended[i], ended[i + 1]);
  }
  if (pending.length > 0) runPending();
}

function handleOf(owner) {
  return kState in owner ? owner[kState].handle : owner._handle;
}

// The owner of a handle that something else has got hold of.
function ownerOf(handle) {
  return owners.find((owner) => owner !== undefined && handleOf(owner) === handle);
}

// A source of what process.getActiveResourcesInfo() tells: `nameOf(owner)` names the owners that it is about.
function describeOwners(nameOf) {
  addHandleSource(() => {
    const found = [];
    for (const object of owners) {
      const type = object !== undefined && handleOf(object)?.hasRef?.() !== false ? nameOf(object) : undefined;
      if (type !== undefined) found.push({ type, object });
    }
    return found;
  });
}

module.exports = {
  afterEvents,
  closed,
  describeOwners,
  disowned,
  ensurePump,
  kForward,
  kOnClosed,
  kOnConnected,
  kOnConnection,
  kOnMessage,
  kOnMessageFailed,
  kOnRead,
  kOnReadEnd,
  kOnSent,
  kOnUserRead,
  kOnWritten,
  kState,
  own,
  ownerOf,
  takeBytes,
};

'use strict';

// A message: a value as V8's serializer writes it, with what cannot be written
// beside it. What becomes of our own classes is said in messaging/transferable.

const { DOMException } = require('internal/domexception');
const {
  CLONE_ERROR, READ_HOST_OBJECT, SHARED_BUFFER, SHARED_BUFFER_ID, WASM_MODULE, WASM_MODULE_ID, WRITE_HOST_OBJECT,
} = require('internal/v8/questions');
const { isMarkedAsUntransferable, kCheckTransfer, kTransfer } = require('internal/messaging/transferable');

const brand = core.hostObjectBrand;

function dataCloneError(message) {
  return new DOMException(message, 'DataCloneError');
}

// The constructor's name, for a complaint.
function kindOf(object) {
  return core.isArrayBuffer(object) ? 'ArrayBuffer' : object.constructor?.name ?? 'Object';
}

// Answers V8's questions; `this` is the message.
function answer(question, argument) {
  switch (question) {
    case CLONE_ERROR:
      throw dataCloneError(argument);
    case WRITE_HOST_OBJECT:
      return this.writeHost(argument);
    case READ_HOST_OBJECT:
      return this.readHost(argument);
    case SHARED_BUFFER_ID:
    case WASM_MODULE_ID:
      return this.share(argument);
    case SHARED_BUFFER:
    case WASM_MODULE:
      return ops.op_os_v8_share(this.shared[argument]);
    default:
      throw dataCloneError('Cannot clone object of unsupported type.');
  }
}

function objectOf(record) {
  return record.type === undefined ? record.copy : core.getCloneableDeserializers()[record.type](record);
}

class Message {
  written;
  // Memory and code that both sides use.
  shared;
  // Records of host objects: first those that move, in the order of the list.
  records;
  movedCount = 0;
  // The objects that move, on their way in and when they have arrived.
  moved;
  movedBuffers;

  share(object) {
    return (this.shared ??= []).push(object) - 1;
  }

  writeHost(object) {
    const at = this.movedCount === 0 ? -1 : this.moved.indexOf(object);
    if (at !== -1) return at;
    const clone = object[brand];
    if (typeof clone !== 'function' || ops.op_os_v8_is_uncloneable(object)) {
      throw dataCloneError('Cannot clone object of unsupported type.');
    }
    return (this.records ??= []).push(this.recordOf(object, clone)) - 1;
  }

  recordOf(object, clone) {
    try {
      return Reflect.apply(clone, object, []);
    } catch (err) {
      if (err?.code !== 'ERR_INVALID_THIS') throw err;
      // It only looks like one of ours: an ordinary object on our prototype.
      return { type: undefined, copy: ops.op_os_v8_clone({ ...object }, brand, this, answer) };
    }
  }

  readHost(number) {
    return number < this.movedCount ? this.moved[number] : objectOf(this.records[number]);
  }

  // Checks the list of what is to move. Nothing is changed yet.
  setMoved(list, sourcePort) {
    this.moved = [];
    this.movedBuffers = [];
    for (const object of list) {
      const isBuffer = core.isArrayBuffer(object);
      const movable = isBuffer ? !object.detached : typeof object?.[kTransfer] === 'function';
      if (!movable || isMarkedAsUntransferable(object)) {
        throw dataCloneError('Cannot transfer object of unsupported type.');
      }
      const known = isBuffer ? this.movedBuffers : this.moved;
      if (known.includes(object)) {
        throw dataCloneError(`Transfer list contains duplicate ${kindOf(object)}`);
      }
      if (object === sourcePort) throw dataCloneError('Transfer list contains source port');
      object[kCheckTransfer]?.();
      known.push(object);
    }
    this.movedCount = this.moved.length;
    this.records = new Array(this.movedCount).fill(undefined);
  }

  write(value) {
    this.written = ops.op_os_v8_write(value, brand, this, answer, this.movedBuffers);
    if (this.moved === undefined) return;
    this.movedBuffers = this.movedBuffers.map((buffer) => buffer.transfer());
    for (let i = 0; i < this.movedCount; i++) this.records[i] = this.moved[i][kTransfer]();
    this.moved = undefined;
  }

  // `arrive` is told of each object that has moved.
  read(arrive) {
    if (this.movedCount !== 0) {
      this.moved = this.records.slice(0, this.movedCount).map(objectOf);
      if (arrive !== undefined) this.moved.forEach(arrive);
    }
    return ops.op_os_v8_read(this.written, brand, this, answer, this.movedBuffers);
  }
}

// A message of `value`. What `list` names moves into it.
function makeMessage(value, list, sourcePort) {
  const message = new Message();
  if (list !== undefined) message.setMoved(list, sourcePort);
  message.write(value);
  return message;
}

// A copy of `value`, for which nothing needs to be kept.
function cloneNow(value) {
  return ops.op_os_v8_clone(value, brand, new Message(), answer);
}

module.exports = { cloneNow, dataCloneError, makeMessage };

'use strict';

// v8.Serializer and v8.Deserializer: V8's own format, with methods that a
// subclass may have for what V8 cannot write by itself.

const {
  codes: { ERR_CONSTRUCT_CALL_REQUIRED, ERR_METHOD_NOT_IMPLEMENTED },
  makeClass,
} = require('internal/errors');
const { FastBuffer } = require('internal/buffer/fast_buffer');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const {
  CLONE_ERROR, READ_HOST_OBJECT, SHARED_BUFFER, SHARED_BUFFER_ID, WRITE_HOST_OBJECT,
} = require('internal/v8/questions');

// V8's own words, with Node's code.
const BadArgument = makeClass(TypeError, 'ERR_INVALID_ARG_TYPE', '%s');

const kHandle = Symbol('kHandle');

function setHandle(object, handle) {
  Object.defineProperty(object, kHandle, { __proto__: null, value: handle });
}

function handleOf(object) {
  const handle = object?.[kHandle];
  if (handle === undefined) throw new TypeError('Illegal invocation');
  return handle;
}

function required(name) {
  const error = new ERR_CONSTRUCT_CALL_REQUIRED(name);
  error.message = `Class constructor ${name} cannot be invoked without 'new'`;
  return error;
}

function cloneError(owner, message) {
  return Reflect.apply(owner._getDataCloneError, owner, [message]);
}

// The answers of a serializer or deserializer; `this` is it.
function answer(question, argument) {
  switch (question) {
    case CLONE_ERROR:
      throw cloneError(this, argument);
    case WRITE_HOST_OBJECT:
      if (typeof this._writeHostObject !== 'function') throw new ERR_METHOD_NOT_IMPLEMENTED('_writeHostObject()');
      this._writeHostObject(argument);
      // Nothing for V8 to write.
      return undefined;
    case READ_HOST_OBJECT: {
      if (typeof this._readHostObject !== 'function') throw new ERR_METHOD_NOT_IMPLEMENTED('_readHostObject()');
      const object = this._readHostObject();
      if (typeof object !== 'object' && typeof object !== 'function') {
        throw new TypeError('readHostObject must return an object');
      }
      return object;
    }
    case SHARED_BUFFER_ID:
      if (typeof this._getSharedArrayBufferId !== 'function') {
        throw cloneError(this, '#<SharedArrayBuffer> could not be cloned.');
      }
      return this._getSharedArrayBufferId(argument);
    case SHARED_BUFFER:
      // The one of this number should have been handed over with transferArrayBuffer().
      throw new Error('Unable to deserialize cloned data.');
    default:
      throw cloneError(this, 'WebAssembly.Module could not be cloned.');
  }
}

function bytesOf(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function defineMethods(prototype, methods) {
  for (const name of Object.keys(methods)) {
    Object.defineProperty(prototype, name, {
      __proto__: null, configurable: true, enumerable: true, writable: true, value: methods[name],
    });
  }
}

function Serializer() {
  if (new.target === undefined) throw required('Serializer');
  setHandle(this, new ops.ValueWriter(undefined));
}

defineMethods(Serializer.prototype, {
  writeHeader() {
    handleOf(this).writeHeader();
  },

  writeValue(value) {
    return handleOf(this).writeValue(value, this, answer);
  },

  releaseBuffer() {
    const bytes = handleOf(this).release();
    return new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  },

  transferArrayBuffer(id, arrayBuffer) {
    if (!isAnyArrayBuffer(arrayBuffer)) throw new BadArgument('arrayBuffer must be an ArrayBuffer');
    handleOf(this).transferArrayBuffer(id, arrayBuffer);
  },

  writeUint32(value) {
    handleOf(this).writeUint32(value);
  },

  writeUint64(high, low) {
    handleOf(this).writeUint64(high, low);
  },

  writeDouble(value) {
    handleOf(this).writeDouble(value);
  },

  writeRawBytes(source) {
    if (!isArrayBufferView(source)) throw new BadArgument('source must be a TypedArray or a DataView');
    handleOf(this).writeRawBytes(bytesOf(source));
  },

  _setTreatArrayBufferViewsAsHostObjects(on) {
    handleOf(this).treatViewsAsHostObjects(Boolean(on));
  },

  _getDataCloneError: Error,
});

// Where the two halves of a 64-bit number, and a double, are read to.
const halves = new Uint32Array(2);
const double = new Float64Array(1);

function Deserializer(buffer) {
  if (new.target === undefined) throw required('Deserializer');
  if (!isArrayBufferView(buffer)) throw new BadArgument('buffer must be a TypedArray or a DataView');
  this.buffer = buffer;
  setHandle(this, new ops.ValueReader(bytesOf(buffer), undefined));
}

defineMethods(Deserializer.prototype, {
  readHeader() {
    return handleOf(this).readHeader();
  },

  readValue() {
    return handleOf(this).readValue(this, answer);
  },

  getWireFormatVersion() {
    return handleOf(this).wireFormatVersion();
  },

  transferArrayBuffer(id, arrayBuffer) {
    handleOf(this).transferArrayBuffer(id, arrayBuffer);
  },

  readUint32() {
    const value = handleOf(this).readUint32();
    if (value === -1) throw new Error('ReadUint32() failed');
    return value;
  },

  readUint64() {
    if (!handleOf(this).readUint64(halves)) throw new Error('ReadUint64() failed');
    return [halves[0], halves[1]];
  },

  readDouble() {
    if (!handleOf(this).readDouble(double)) throw new Error('ReadDouble() failed');
    return double[0];
  },

  _readRawBytes(length) {
    const offset = handleOf(this).readRawBytes(length);
    if (offset === -1) throw new Error('ReadRawBytes() failed');
    return offset;
  },

  readRawBytes(length) {
    const offset = this._readRawBytes(length);
    return new FastBuffer(this.buffer.buffer, this.buffer.byteOffset + offset, length);
  },
});

module.exports = { Deserializer, Serializer };

'use strict';

// v8.DefaultSerializer and its counterpart: array buffer views, which V8 would
// write with all of the buffer behind them, are written as the bytes they show.

const { FastBuffer } = require('internal/buffer/fast_buffer');
const { inspect } = require('internal/util/inspect');
const { isArrayBufferView } = require('internal/util/types');
const { Deserializer, Serializer } = require('internal/v8/serializer');

// The format: a view's kind is its place here.
const kinds = [
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array,
  Float64Array, DataView, FastBuffer, BigInt64Array, BigUint64Array, globalThis.Float16Array,
];

const kindOfTag = new Map();
kinds.forEach((kind, at) => {
  if (kind !== undefined && kind !== FastBuffer) kindOfTag.set(kind.name, at);
});

const getTag = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

function kindOf(view) {
  if (view instanceof Uint8Array && view.constructor?.name === 'Buffer') return kinds.indexOf(FastBuffer);
  return kindOfTag.get(Reflect.apply(getTag, view, []) ?? 'DataView');
}

class DefaultSerializer extends Serializer {
  constructor() {
    super();
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(view) {
    if (!isArrayBufferView(view)) {
      throw new this._getDataCloneError(`Unserializable host object: ${inspect(view)}`);
    }
    this.writeUint32(kindOf(view));
    this.writeUint32(view.byteLength);
    this.writeRawBytes(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  }
}

class DefaultDeserializer extends Deserializer {
  _readHostObject() {
    const Kind = kinds[this.readUint32()];
    const byteLength = this.readUint32();
    const { buffer } = this;
    const at = buffer.byteOffset + this._readRawBytes(byteLength);
    const size = Kind.BYTES_PER_ELEMENT || 1;
    if (at % size === 0) return new Kind(buffer.buffer, at, byteLength / size);
    // A view has to begin at a multiple of its elements' size.
    return new Kind(buffer.buffer.slice(at, at + byteLength), 0, byteLength / size);
  }
}

function serialize(value) {
  const serializer = new DefaultSerializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

function deserialize(buffer) {
  const deserializer = new DefaultDeserializer(buffer);
  deserializer.readHeader();
  return deserializer.readValue();
}

module.exports = { DefaultDeserializer, DefaultSerializer, deserialize, serialize };

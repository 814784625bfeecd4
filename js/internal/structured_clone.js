'use strict';

// structuredClone(): a deep copy by V8's serializer. Classes of ours say how they
// are copied with a method under core.hostObjectBrand and core.registerCloneableResource().

const {
  codes: { ERR_MISSING_ARGS },
} = require('internal/errors');
const { DOMException } = require('internal/domexception');

function refuse(message) {
  throw new DOMException(message, 'DataCloneError');
}

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

// In the words of the web's bindings, which are not those of Node's own argument errors.
function argumentError(text) {
  const error = new TypeError(`Failed to execute 'structuredClone': ${text}`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

// The array buffers that are to move rather than be copied.
function transferList(options) {
  if (options === undefined || options === null) return undefined;
  if (!isObject(options)) throw argumentError('Options cannot be converted to a dictionary');
  const { transfer } = options;
  if (transfer === undefined) return undefined;
  if (!isObject(transfer) || typeof transfer[Symbol.iterator] !== 'function') {
    throw argumentError('transfer in Options can not be converted to sequence.');
  }
  const buffers = [...transfer];
  for (let i = 0; i < buffers.length; i++) {
    if (!core.isArrayBuffer(buffers[i])) refuse('Cannot transfer object of unsupported type.');
    if (buffers.indexOf(buffers[i]) !== i) refuse('Transfer list contains duplicate ArrayBuffer');
    if (buffers[i].detached) refuse('An ArrayBuffer is detached and could not be cloned.');
  }
  return buffers.length === 0 ? undefined : buffers;
}

function structuredClone(value, options) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('value');
  // The serializer replaces what it moved by numbers, the deserializer those by what arrived.
  const transferredArrayBuffers = transferList(options);
  const data = core.serialize(value, { transferredArrayBuffers }, refuse);
  return core.deserialize(data, {
    transferredArrayBuffers,
    deserializers: core.getCloneableDeserializers(),
  });
}

module.exports = { structuredClone };

'use strict';

// The public 'v8' module. Serializers, the heap and the rest are in internal/v8/.

const {
  codes: { ERR_FEATURE_UNAVAILABLE_ON_PLATFORM, ERR_METHOD_NOT_IMPLEMENTED, ERR_NOT_BUILDING_SNAPSHOT },
} = require('internal/errors');
const { validateString, validateUint32 } = require('internal/validators');
const { createHook, onAfter, onBefore, onInit, onSettled } = require('internal/promise_hooks');
const {
  DefaultDeserializer, DefaultSerializer, deserialize, serialize,
} = require('internal/v8/default_serializer');
const { Deserializer, Serializer } = require('internal/v8/serializer');
const heap = require('internal/v8/heap');

function setFlagsFromString(flags) {
  validateString(flags, 'flags');
  // An embedder's V8 may be closed to it.
  if (!ops.op_os_v8_flags_set(flags)) throw new ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('v8.setFlagsFromString()');
}

function cachedDataVersionTag() {
  return ops.op_os_v8_cache_tag();
}

function isStringOneByteRepresentation(content) {
  validateString(content, 'content');
  return ops.op_os_v8_string_is_one_byte(content);
}

function setHeapSnapshotNearHeapLimit(limit) {
  validateUint32(limit, 'limit', true);
  throw new ERR_METHOD_NOT_IMPLEMENTED('v8.setHeapSnapshotNearHeapLimit()');
}

function getCppHeapStatistics() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('v8.getCppHeapStatistics()');
}

function startCpuProfile() {
  return require('internal/inspector/cpu_profile').start();
}

// Without NODE_V8_COVERAGE there is nothing to write.
function takeCoverage() {
  if (process.env.NODE_V8_COVERAGE) require('internal/inspector/coverage').take();
}

function stopCoverage() {
  if (process.env.NODE_V8_COVERAGE) require('internal/inspector/coverage').stop();
}

// This program is never run to make a snapshot of it.
function addSerializeCallback() {
  throw new ERR_NOT_BUILDING_SNAPSHOT();
}
function addDeserializeCallback() {
  throw new ERR_NOT_BUILDING_SNAPSHOT();
}
function setDeserializeMainFunction() {
  throw new ERR_NOT_BUILDING_SNAPSHOT();
}
function isBuildingSnapshot() {
  return false;
}

module.exports = {
  cachedDataVersionTag,
  getHeapSnapshot: heap.getHeapSnapshot,
  getHeapStatistics: heap.getHeapStatistics,
  getHeapSpaceStatistics: heap.getHeapSpaceStatistics,
  getHeapCodeStatistics: heap.getHeapCodeStatistics,
  getCppHeapStatistics,
  setFlagsFromString,
  Serializer,
  Deserializer,
  DefaultSerializer,
  DefaultDeserializer,
  deserialize,
  takeCoverage,
  stopCoverage,
  serialize,
  writeHeapSnapshot: heap.writeHeapSnapshot,
  promiseHooks: { createHook, onInit, onBefore, onAfter, onSettled },
  queryObjects: heap.queryObjects,
  startupSnapshot: {
    addDeserializeCallback,
    addSerializeCallback,
    setDeserializeMainFunction,
    isBuildingSnapshot,
  },
  setHeapSnapshotNearHeapLimit,
  GCProfiler: heap.GCProfiler,
  isStringOneByteRepresentation,
  startCpuProfile,
};

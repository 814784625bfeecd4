'use strict';

// The heap's figures, snapshots of it, and a record of its collections.

const {
  UVException,
  codes: { ERR_METHOD_NOT_IMPLEMENTED },
} = require('internal/errors');
const { datedNames } = require('internal/util/dated_names');
const { validateBoolean, validateFunction, validateObject } = require('internal/validators');

const heapFigures = [
  'total_heap_size', 'total_heap_size_executable', 'total_physical_size', 'total_available_size', 'used_heap_size',
  'heap_size_limit', 'malloced_memory', 'peak_malloced_memory', 'does_zap_garbage', 'number_of_native_contexts',
  'number_of_detached_contexts', 'total_global_handles_size', 'used_global_handles_size', 'external_memory',
  'total_allocated_bytes',
];
const codeFigures = [
  'code_and_metadata_size', 'bytecode_and_metadata_size', 'external_script_source_size',
  'cpu_profiler_metadata_size',
];
const MAX_SPACES = 32;

function named(names, figures) {
  const result = {};
  names.forEach((name, at) => {
    result[name] = figures[at];
  });
  return result;
}

function getHeapStatistics() {
  const figures = new Float64Array(heapFigures.length);
  ops.op_os_v8_heap_statistics(figures);
  return named(heapFigures, figures);
}

function getHeapSpaceStatistics() {
  const figures = new Float64Array(4 * MAX_SPACES);
  return ops.op_os_v8_heap_spaces(figures).map((name, at) => ({
    space_name: name,
    space_size: figures[4 * at],
    space_used_size: figures[4 * at + 1],
    space_available_size: figures[4 * at + 2],
    physical_space_size: figures[4 * at + 3],
  }));
}

function getHeapCodeStatistics() {
  const figures = new Float64Array(codeFigures.length);
  ops.op_os_v8_code_statistics(figures);
  return named(codeFigures, figures);
}

// V8 is asked for snapshots without either of these.
function validateSnapshotOptions(options) {
  validateObject(options, 'options');
  const { exposeInternals = false, exposeNumericValues = false } = options;
  validateBoolean(exposeInternals, 'options.exposeInternals');
  validateBoolean(exposeNumericValues, 'options.exposeNumericValues');
  if (exposeInternals) throw new ERR_METHOD_NOT_IMPLEMENTED('options.exposeInternals');
  if (exposeNumericValues) throw new ERR_METHOD_NOT_IMPLEMENTED('options.exposeNumericValues');
}

const defaultSnapshotName = datedNames('Heap', 'heapsnapshot');

function writeHeapSnapshot(filename, options = {}) {
  // Lazily: modules above this one, which only this function needs.
  if (filename !== undefined) {
    filename = require('internal/fs/validate').getPath(filename);
    if (typeof filename !== 'string') filename = filename.toString();
  }
  validateSnapshotOptions(options);
  const path = filename ?? defaultSnapshotName();
  const errno = ops.op_os_v8_heap_snapshot_write(path);
  if (errno !== 0) throw new UVException({ errno, syscall: 'open', path });
  return path;
}

const kChunk = 64 * 1024;

function getHeapSnapshot(options = {}) {
  validateSnapshotOptions(options);
  const { Readable } = require('stream');
  const { Buffer } = require('buffer');
  const text = ops.op_os_v8_heap_snapshot();
  let at = 0;
  return new Readable({
    read() {
      if (at >= text.length) {
        this.push(null);
        return;
      }
      const end = Math.min(at + kChunk, text.length);
      this.push(Buffer.from(text.buffer, text.byteOffset + at, end - at));
      at = end;
    },
  });
}

function queryObjects(constructor, options = {}) {
  validateFunction(constructor, 'constructor');
  validateObject(options, 'options');
  throw new ERR_METHOD_NOT_IMPLEMENTED('v8.queryObjects()');
}

// What is watching, so that it is not collected while V8 calls it.
const watching = new Set();

class GCProfiler {
  #watch = null;
  #startTime = 0;

  start() {
    if (this.#watch !== null) return;
    this.#watch = new ops.GcWatch(true, undefined);
    this.#startTime = Date.now();
    watching.add(this.#watch);
  }

  // undefined when it has not been started.
  stop() {
    const watch = this.#watch;
    if (watch === null) return undefined;
    this.#watch = null;
    watching.delete(watch);
    const statistics = JSON.parse(watch.stop());
    return { version: 1, startTime: this.#startTime, statistics, endTime: Date.now() };
  }

  [Symbol.dispose]() {
    this.stop();
  }
}

module.exports = {
  GCProfiler,
  getHeapCodeStatistics,
  getHeapSnapshot,
  getHeapSpaceStatistics,
  getHeapStatistics,
  queryObjects,
  writeHeapSnapshot,
};

'use strict';

// vm.Script: code that is compiled once and can run in any context.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_SCRIPT_EXECUTION_INTERRUPTED, ERR_SCRIPT_EXECUTION_TIMEOUT },
} = require('internal/errors');
const {
  validateBoolean, validateInt32, validateObject, validateString, validateUint32,
} = require('internal/validators');
const { FastBuffer } = require('internal/buffer/fast_buffer');
const { isArrayBufferView } = require('internal/util/types');
const { contextOptions, createContext, validateContext } = require('internal/vm/context');
const { importId, releaseWith, validateImporter } = require('internal/vm/import');

// How a run ended.
const TIMED_OUT = 1;
const INTERRUPTED = 2;

function toBuffer(bytes) {
  return new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function validateCachedData(value) {
  if (value !== undefined && !isArrayBufferView(value)) {
    throw new ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], value);
  }
}

function runOptions(options) {
  validateObject(options, 'options');
  const { timeout, displayErrors = true, breakOnSigint = false } = options;
  if (timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
  validateBoolean(displayErrors, 'options.displayErrors');
  validateBoolean(breakOnSigint, 'options.breakOnSigint');
  return { timeout: timeout ?? 0, displayErrors, breakOnSigint };
}

// While a script can be interrupted, an interrupt is for it alone.
function withoutSigintListeners(run) {
  const listeners = process.rawListeners('SIGINT');
  process.removeAllListeners('SIGINT');
  try {
    return run();
  } finally {
    for (const listener of listeners) process.on('SIGINT', listener);
  }
}

class Script {
  #handle;

  constructor(code, options = {}) {
    code = `${code}`;
    if (typeof options === 'string') options = { filename: options };
    else validateObject(options, 'options');
    const {
      filename = 'evalmachine.<anonymous>', lineOffset = 0, columnOffset = 0, cachedData, produceCachedData = false,
      importModuleDynamically,
    } = options;
    validateString(filename, 'options.filename');
    validateInt32(lineOffset, 'options.lineOffset');
    validateInt32(columnOffset, 'options.columnOffset');
    validateCachedData(cachedData);
    validateBoolean(produceCachedData, 'options.produceCachedData');
    validateImporter(importModuleDynamically);

    // Weak, so that the importer of an unused script can go.
    let self;
    const id = importId(importModuleDynamically, () => self?.deref());
    this.#handle = ops.op_os_vm_script_compile(code, filename, lineOffset, columnOffset, cachedData, id, true);
    if (importModuleDynamically !== undefined) {
      self = new WeakRef(this);
      releaseWith(this, id);
    }

    if (cachedData !== undefined) this.cachedDataRejected = ops.op_os_vm_script_rejected(this.#handle);
    this.sourceMapURL = ops.op_os_vm_script_source_map_url(this.#handle);
    if (produceCachedData) {
      this.cachedData = this.createCachedData();
      this.cachedDataProduced = true;
    }
  }

  createCachedData() {
    return toBuffer(ops.op_os_vm_script_cached_data(this.#handle));
  }

  #run(target, { timeout, displayErrors, breakOnSigint }) {
    const run = () => ops.op_os_vm_script_run(this.#handle, target, timeout, displayErrors, breakOnSigint);
    const result = breakOnSigint && process.listenerCount('SIGINT') > 0 ? withoutSigintListeners(run) : run();
    if (timeout > 0 || breakOnSigint) {
      const outcome = ops.op_os_vm_script_outcome(this.#handle);
      if (outcome === TIMED_OUT) throw new ERR_SCRIPT_EXECUTION_TIMEOUT(timeout);
      if (outcome === INTERRUPTED) throw new ERR_SCRIPT_EXECUTION_INTERRUPTED();
    }
    return result;
  }

  runInThisContext(options = {}) {
    return this.#run(undefined, runOptions(options));
  }

  runInContext(contextifiedObject, options = {}) {
    validateContext(contextifiedObject);
    return this.#run(contextifiedObject, runOptions(options));
  }

  runInNewContext(contextObject, options = {}) {
    const context = createContext(contextObject, contextOptions(options));
    return this.runInContext(context, options);
  }
}

module.exports = { Script, toBuffer, validateCachedData };

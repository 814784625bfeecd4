'use strict';

// vm.measureMemory(): what V8's heap says of the whole. It does not say how much
// of it is each context's.

const {
  codes: { ERR_METHOD_NOT_IMPLEMENTED },
} = require('internal/errors');
const { validateObject, validateOneOf } = require('internal/validators');
const { emitExperimentalWarning } = require('internal/process/warning');

function figures({ total_heap_size: total, used_heap_size: used }) {
  return { jsMemoryEstimate: used, jsMemoryRange: [used, total] };
}

async function measure(mode, execution) {
  // Lazily: a module above this one, which only this function needs.
  const { getHeapStatistics } = require('v8');
  if (execution === 'default') await new Promise(setImmediate);
  const heap = getHeapStatistics();
  const total = figures(heap);
  if (mode === 'summary') return { total };
  if (heap.number_of_native_contexts > 1) {
    throw new ERR_METHOD_NOT_IMPLEMENTED("vm.measureMemory({ mode: 'detailed' }) of several contexts");
  }
  return { total, current: figures(heap), other: [] };
}

function measureMemory(options = {}) {
  emitExperimentalWarning('vm.measureMemory');
  validateObject(options, 'options');
  const { mode = 'summary', execution = 'default' } = options;
  validateOneOf(mode, 'options.mode', ['summary', 'detailed']);
  validateOneOf(execution, 'options.execution', ['default', 'eager']);
  return measure(mode, execution);
}

module.exports = { measureMemory };

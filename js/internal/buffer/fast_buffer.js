'use strict';
// Where a Buffer's memory comes from: the class behind every Buffer, the shared pool for small ones,
// and memory that is not cleared. What fills that memory is elsewhere.

class FastBuffer extends Uint8Array {
  // An explicit constructor: the default one would spread its arguments.
  constructor(bufferOrLength, byteOffset, length) {
    super(bufferOrLength, byteOffset, length);
  }
}

const { markAsUntransferable } = require('internal/buffer/untransferable');

// Below this size clearing costs less than the call that avoids it.
const kZeroedIsCheaper = 256;

// Whose `poolSize` counts: users set it on Buffer, where it is a plain property.
let owner;
let pool;
let poolView;
let poolCapacity = 0;
let poolOffset = 0;

/** Memory of its own for `size` bytes, whose contents are whatever was there. */
function createUnsafe(size) {
  if (size <= kZeroedIsCheaper) return new FastBuffer(size);
  const memory = ops.op_os_buffer_alloc_unsafe(size);
  if (memory === null) throw new RangeError('Array buffer allocation failed');
  return new FastBuffer(memory);
}

// The pool is shared by unrelated Buffers, so nobody may transfer (detach) it.
function createPool() {
  poolCapacity = owner.poolSize >>> 0;
  pool = createUnsafe(poolCapacity).buffer;
  markAsUntransferable(pool);
  poolView = new FastBuffer(pool);
  poolOffset = 0;
}

// Every piece starts on a multiple of 8, so that any element type can be laid over it.
function commit(length) {
  poolOffset = (poolOffset + length + 7) & ~7;
}

/** From this size on a Buffer has memory of its own. */
function halfPool() {
  return owner.poolSize >>> 1;
}

/** A Buffer of `size` bytes, from the pool if it is small. */
function allocate(size) {
  if (size <= 0) return new FastBuffer();
  if (size < halfPool()) {
    if (size > poolCapacity - poolOffset) createPool();
    const buffer = new FastBuffer(pool, poolOffset, size);
    commit(size);
    return buffer;
  }
  return createUnsafe(size);
}

/**
 * A pooled Buffer of what `write(view, source, offset, room)` puts into the pool. `room`, its upper
 * bound in bytes, must be below half of the pool.
 */
function allocateWritten(write, source, room) {
  if (room > poolCapacity - poolOffset) createPool();
  const written = write(poolView, source, poolOffset, room);
  const buffer = new FastBuffer(pool, poolOffset, written);
  commit(written);
  return buffer;
}

module.exports = {
  FastBuffer,
  allocate,
  allocateWritten,
  createUnsafe,
  halfPool,
  kMaxLength: ops.op_os_buffer_max_length(),
  kPoolSize: 64 * 1024,
  setPoolOwner(buffer) { owner = buffer; },
};

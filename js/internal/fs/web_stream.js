'use strict';
// A FileHandle as a web stream of bytes.

const { FastBuffer } = require('internal/buffer/fast_buffer');
const { codes: { ERR_INVALID_STATE } } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { kRef, kUnref } = require('internal/fs/handle_symbols');

const kChunkSize = 64 * 1024;
const locked = new WeakSet();

function makeWebStream(handle, options = { __proto__: null }) {
  if (handle.fd === -1) throw new ERR_INVALID_STATE('The FileHandle is closed');
  if (locked.has(handle)) throw new ERR_INVALID_STATE('The FileHandle is locked');
  validateObject(options, 'options');
  if (options.type !== undefined && options.type !== 'bytes') {
    process.emitWarning('A non-"bytes" options.type has no effect. A byte-oriented steam is always created.', 'ExperimentalWarning');
  }
  locked.add(handle);
  const autoClose = options.autoClose === true;
  let done = false;
  // Both ends of the stream's life come here, once.
  const finish = async () => {
    if (done) return;
    done = true;
    handle.removeListener('close', onClose);
    handle[kUnref]();
    if (autoClose) await handle.close();
  };
  let controller;
  const onClose = () => {
    if (done) return;
    try {
      controller.close();
      controller.byobRequest?.respond(0);
    } catch {
      // It is closed or has failed already.
    }
    finish();
  };
  handle[kRef]();
  handle.once('close', onClose);

  return new globalThis.ReadableStream({
    type: 'bytes',
    autoAllocateChunkSize: kChunkSize,
    start(given) {
      controller = given;
    },
    async pull() {
      const { view } = controller.byobRequest;
      let bytesRead;
      try {
        ({ bytesRead } = await handle.read(new FastBuffer(view.buffer, view.byteOffset, view.byteLength), 0, view.byteLength));
      } catch (err) {
        await finish();
        throw err;
      }
      if (done) return;
      if (bytesRead === 0) {
        controller.close();
        await finish();
      }
      controller.byobRequest?.respond(bytesRead);
    },
    cancel: finish,
  });
}

module.exports = { makeWebStream };

'use strict';
// What a stream on one of the process's own descriptors shows as `_handle`. Reading is the native StdioReader's work;
// writing needs no handle.

class DescriptorHandle {
  #reader;
  #closed = false;

  constructor(fd) {
    this.fd = fd;
    this.reading = false;
  }

  // Whether the descriptor can be waited for at all.
  openForReading() {
    this.#reader = new ops.StdioReader(this.fd);
    return this.#reader.valid();
  }

  // One read; `callback(count, arrayBuffer)`. 0 or a negative errno.
  readOnce(callback) {
    const result = this.#reader.read(callback);
    this.reading = result === 0;
    return result;
  }

  readStop() {
    this.reading = false;
    this.#reader?.stop();
    return 0;
  }

  close(callback) {
    if (this.#closed) return;
    this.#closed = true;
    this.reading = false;
    this.#reader?.close();
    // The process's first three descriptors stay open, whatever happens to the streams on them.
    if (this.fd > 2) ops.op_fs_close(0, this.fd);
    if (typeof callback === 'function') process.nextTick(callback);
  }

  ref() {
    this.#reader?.setRef(true);
  }

  unref() {
    this.#reader?.setRef(false);
  }

  hasRef() {
    return !this.#closed && this.#reader !== undefined && this.#reader.hasRef();
  }

  // Writes block in any case.
  setBlocking() {
    return 0;
  }

  getAsyncId() {
    return 0;
  }
}

module.exports = { DescriptorHandle };

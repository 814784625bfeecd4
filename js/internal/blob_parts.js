'use strict';
// What blobs are made of: bytes in memory, and ranges of files. Each part can be read whole or in
// pieces, and cut. Blob itself (types, slicing across parts, streams) is internal/blob.

const kFileChunk = 64 * 1024;

class MemoryPart {
  constructor(bytes) {
    this.bytes = bytes;
  }

  get size() {
    return this.bytes.byteLength;
  }

  slice(start, end) {
    return new MemoryPart(this.bytes.subarray(start, end));
  }

  async readInto(target, position) {
    target.set(this.bytes, position);
  }

  reader() {
    let bytes = this.bytes;
    return {
      async next() {
        const all = bytes;
        bytes = undefined;
        return all;
      },
      async close() {},
    };
  }
}

function notReadable() {
  return new DOMException('The blob could not be read', 'NotReadableError');
}

// The reader of a file part checks before every piece that the file is still the one it was.
class FilePartReader {
  #part;
  #handle;
  #position;

  constructor(part) {
    this.#part = part;
    this.#position = part.start;
  }

  async next() {
    const part = this.#part;
    // Lazy requires of a higher layer: only file-backed blobs need files.
    try {
      this.#handle ??= await require('fs/promises').open(part.path);
      const stats = await this.#handle.stat();
      if (stats.size !== part.fileSize || stats.mtimeMs !== part.modified) throw notReadable();
    } catch (error) {
      await this.close();
      throw error.name === 'NotReadableError' ? error : notReadable();
    }
    if (this.#position >= part.end) return undefined;
    const bytes = new Uint8Array(Math.min(kFileChunk, part.end - this.#position));
    const { bytesRead } = await this.#handle.read(bytes, 0, bytes.byteLength, this.#position);
    if (bytesRead === 0) {
      await this.close();
      throw notReadable();
    }
    this.#position += bytesRead;
    return bytes.subarray(0, bytesRead);
  }

  async close() {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }
}

class FilePart {
  constructor(path, start, end, fileSize, modified) {
    this.path = path;
    this.start = start;
    this.end = end;
    this.fileSize = fileSize;
    this.modified = modified;
  }

  static of(path) {
    const { size, mtimeMs } = require('fs').statSync(path);
    return new FilePart(path, 0, size, size, mtimeMs);
  }

  get size() {
    return this.end - this.start;
  }

  slice(start, end) {
    return new FilePart(this.path, this.start + start, this.start + end, this.fileSize, this.modified);
  }

  async readInto(target, position) {
    const reader = new FilePartReader(this);
    try {
      for (let bytes = await reader.next(); bytes !== undefined; bytes = await reader.next()) {
        target.set(bytes, position);
        position += bytes.byteLength;
      }
    } finally {
      await reader.close();
    }
  }

  reader() {
    return new FilePartReader(this);
  }
}

module.exports = { FilePart, MemoryPart };

'use strict';
// The globals Blob and File, and the registry behind blob: URLs. A blob's bytes never change, so slices
// and blobs made of blobs share them; a part may also be a range of a file, read when asked for.

const {
  codes: {
    ERR_BUFFER_TOO_LARGE, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE, ERR_INVALID_THIS,
    ERR_MISSING_ARGS,
  },
  makeClass,
} = require('internal/errors');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/buffer/views');
const { kMaxLength } = require('internal/buffer/fast_buffer');
const { TextDecoder, TextEncoder } = require('internal/encoding');
const { FilePart, MemoryPart } = require('internal/blob_parts');

const NoSequence = makeClass(TypeError, 'ERR_INVALID_ARG_TYPE', 'Value cannot be converted to sequence.');

const kInspect = Symbol.for('nodejs.util.inspect.custom');

const encoder = new TextEncoder();

// Set apart from anything a user can pass as sources.
const kFromParts = Symbol('kFromParts');

function toPart(source, endings) {
  if (isAnyArrayBuffer(source)) return new MemoryPart(new Uint8Array(source.slice(0)));
  if (isArrayBufferView(source)) {
    const bytes = new Uint8Array(source.byteLength);
    bytes.set(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
    return new MemoryPart(bytes);
  }
  let text = `${source}`;
  if (endings === 'native') text = text.replaceAll('\r\n', '\n');
  return new MemoryPart(encoder.encode(text));
}

function toParts(sources, endings) {
  const parts = [];
  for (const source of sources) {
    if (isBlob(source)) {
      for (const part of partsOf(source)) parts.push(part);
    } else {
      const part = toPart(source, endings);
      if (part.size !== 0) parts.push(part);
    }
  }
  return parts;
}

function normalizeType(type) {
  const text = `${type}`;
  return /[^\x20-\x7e]/.test(text) ? '' : text.toLowerCase();
}

// A dictionary argument of the web's interfaces: nothing, or anything that has properties.
function checkDictionary(value, name) {
  if (value !== undefined && value !== null && typeof value !== 'object' && typeof value !== 'function') {
    throw new ERR_INVALID_ARG_TYPE(name, 'a dictionary', value);
  }
}

// An index as slice() takes it, relative to the end when negative.
function clampIndex(index, size) {
  index = Math.trunc(+index) || 0;
  return index < 0 ? Math.max(size + index, 0) : Math.min(index, size);
}

function inspectAs(name, fields, depth, options) {
  if (depth < 0) return `[${name}]`;
  const { inspect } = require('internal/util/inspect');
  return `${name} ${inspect(fields, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
}

let isBlob;
let partsOf;

class Blob {
  #parts;
  #size;
  #type;

  static {
    isBlob = (value) => typeof value === 'object' && value !== null && #parts in value;
    partsOf = (blob) => blob.#parts;
  }

  static #check(value) {
    if (!isBlob(value)) throw new ERR_INVALID_THIS('Blob');
  }

  constructor(sources = [], options = undefined) {
    if (sources?.[kFromParts] !== undefined) {
      this.#parts = sources[kFromParts];
      this.#type = options;
    } else {
      if (sources === null || typeof sources === 'string' || typeof sources[Symbol.iterator] !== 'function') {
        throw new NoSequence();
      }
      checkDictionary(options, 'options');
      let endings = 'transparent';
      let type = '';
      if (options !== undefined && options !== null) {
        ({ endings = 'transparent', type = '' } = options);
        endings = `${endings}`;
        if (endings !== 'transparent' && endings !== 'native') {
          throw new ERR_INVALID_ARG_VALUE('options.endings', endings);
        }
      }
      this.#parts = toParts(sources, endings);
      this.#type = normalizeType(type);
    }
    this.#size = 0;
    for (const part of this.#parts) this.#size += part.size;
    if (this.#size > kMaxLength) throw new ERR_BUFFER_TOO_LARGE(kMaxLength);
  }

  get type() {
    Blob.#check(this);
    return this.#type;
  }

  get size() {
    Blob.#check(this);
    return this.#size;
  }

  slice(start = 0, end = undefined, contentType = '') {
    Blob.#check(this);
    const from = clampIndex(start, this.#size);
    const to = end === undefined ? this.#size : clampIndex(end, this.#size);
    const parts = [];
    let position = 0;
    for (const part of this.#parts) {
      const first = Math.max(from - position, 0);
      const last = Math.min(to - position, part.size);
      if (first < last) parts.push(part.slice(first, last));
      position += part.size;
    }
    return new Blob({ [kFromParts]: parts }, normalizeType(contentType));
  }

  async arrayBuffer() {
    Blob.#check(this);
    return (await this.#read()).buffer;
  }

  async bytes() {
    Blob.#check(this);
    return this.#read();
  }

  async text() {
    Blob.#check(this);
    return new TextDecoder().decode(await this.#read());
  }

  async #read() {
    const bytes = new Uint8Array(this.#size);
    let position = 0;
    for (const part of this.#parts) {
      await part.readInto(bytes, position);
      position += part.size;
    }
    return bytes;
  }

  stream() {
    Blob.#check(this);
    const parts = this.#parts;
    let index = 0;
    let reader;

    async function pull(controller) {
      while (index < parts.length) {
        reader ??= parts[index].reader();
        const bytes = await reader.next();
        if (bytes === undefined) {
          await reader.close();
          reader = undefined;
          index++;
          continue;
        }
        // Somebody who brought a buffer gets what fits; the rest is queued behind it.
        const request = controller.byobRequest;
        if (request === null) {
          controller.enqueue(bytes.slice());
        } else {
          const { view } = request;
          const count = Math.min(view.byteLength, bytes.byteLength);
          new Uint8Array(view.buffer, view.byteOffset, count).set(bytes.subarray(0, count));
          request.respond(count);
          if (count < bytes.byteLength) controller.enqueue(bytes.slice(count));
        }
        return;
      }
      controller.close();
      controller.byobRequest?.respond(0);
    }

    // A lazy require of a higher layer: only blobs that are streamed need streams.
    const { ReadableStream } = require('stream/web');
    return new ReadableStream({
      type: 'bytes',
      pull,
      cancel() { return reader?.close(); },
    }, { highWaterMark: 0 });
  }

  [kInspect](depth, options) {
    Blob.#check(this);
    return inspectAs('Blob', { size: this.#size, type: this.#type }, depth, options);
  }

  // What structuredClone and postMessage make of a blob.
  [core.hostObjectBrand]() {
    return { type: 'Blob', parts: cloneableParts(this), contentType: this.#type };
  }
}

function cloneableParts(blob) {
  return partsOf(blob).map((part) => {
    if (part instanceof FilePart) {
      throw new ERR_INVALID_STATE.TypeError('File-backed Blobs are not cloneable');
    }
    return part.bytes;
  });
}

function fromCloneable(parts) {
  return { [kFromParts]: parts.map((bytes) => new MemoryPart(bytes)) };
}

// The web's conversion to `long long`.
function toLongLong(value) {
  return BigInt.asIntN(64, BigInt(Math.trunc(Number.isFinite(value) ? value : 0)));
}

let isFile;

class File extends Blob {
  #name;
  #lastModified;

  static {
    isFile = (value) => typeof value === 'object' && value !== null && #name in value;
  }

  static #check(value) {
    if (!isFile(value)) throw new ERR_INVALID_THIS('File');
  }

  constructor(fileBits, fileName, options = undefined) {
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('fileBits', 'fileName');
    super(fileBits, fileBits?.[kFromParts] === undefined ? options : options.contentType);
    const lastModified = options?.lastModified;
    this.#name = `${fileName}`.toWellFormed();
    this.#lastModified = lastModified === undefined ? Date.now() : Number(toLongLong(+lastModified));
  }

  get name() {
    File.#check(this);
    return this.#name;
  }

  get lastModified() {
    File.#check(this);
    return this.#lastModified;
  }

  [kInspect](depth, options) {
    File.#check(this);
    const { size, type, name, lastModified } = this;
    return inspectAs('File', { size, type, name, lastModified }, depth, options);
  }

  [core.hostObjectBrand]() {
    return {
      type: 'File',
      parts: cloneableParts(this),
      contentType: this.type,
      name: this.#name,
      lastModified: this.#lastModified,
    };
  }
}

core.registerCloneableResource('Blob', ({ parts, contentType }) => new Blob(fromCloneable(parts), contentType));
core.registerCloneableResource('File', ({ parts, contentType, name, lastModified }) =>
  new File(fromCloneable(parts), name, { contentType, lastModified }));

function shape(constructor, name, enumerable) {
  const { prototype } = constructor;
  for (const key of enumerable) Object.defineProperty(prototype, key, { __proto__: null, enumerable: true });
  for (const symbol of [kInspect, core.hostObjectBrand]) {
    Object.defineProperty(prototype, symbol, { __proto__: null, enumerable: false });
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: name });
}
shape(Blob, 'Blob', ['size', 'type', 'slice', 'stream', 'text', 'arrayBuffer', 'bytes']);
shape(File, 'File', ['name', 'lastModified']);

/** A blob of a file's contents as they are now; reading it fails once the file has changed. */
function createBlobFromFilePath(path, { type = '' } = { __proto__: null }) {
  return new Blob({ [kFromParts]: [FilePart.of(path)] }, normalizeType(type));
}

const kUrlPrefix = 'blob:nodedata:';
const registered = new Map();

function createObjectURL(blob) {
  if (!isBlob(blob)) throw new ERR_INVALID_ARG_TYPE('obj', 'Blob', blob);
  const url = kUrlPrefix + ops.op_os_random_uuid();
  registered.set(url, blob);
  return url;
}

function revokeObjectURL(url) {
  registered.delete(`${url}`);
}

function resolveObjectURL(url) {
  try {
    const blob = registered.get(`${url}`.replace(/[?#].*$/s, ''));
    return blob?.slice(0, blob.size, blob.type);
  } catch {
    // What cannot even be a string names no blob.
    return undefined;
  }
}

module.exports = {
  Blob,
  File,
  createBlobFromFilePath,
  createObjectURL,
  isBlob,
  isFile,
  resolveObjectURL,
  revokeObjectURL,
};

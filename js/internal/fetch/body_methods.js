'use strict';
// What requests and responses have of bodies: making one of what a program gives, and reading it as text, JSON, a form and so on.

const { Blob, isBlob } = require('internal/blob');
const { isArrayBufferView } = require('internal/buffer/views');
const { TextDecoder, TextEncoder } = require('internal/encoding');
const { URLSearchParams } = require('url');
const { Body } = require('internal/fetch/body');
const { FormData, entriesOf, formOf, isFormData } = require('internal/fetch/form_data');
const { illegalInvocation, isObject, toText } = require('internal/fetch/webidl');
const { essenceOf, mediaTypeOf } = require('internal/fetch/media_type');

const encoder = new TextEncoder();

// The body of what a program gave, and its media type or null. `where` is the class that it is for.
function extractBody(object, where) {
  if (isObject(object)) {
    if (isBlob(object)) return { body: Body.ofBlob(object), type: object.type || null };
    if (isArrayBufferView(object)) {
      return { body: Body.ofBytes(copyOf(object.buffer, object.byteOffset, object.byteLength)), type: null };
    }
    if (core.isArrayBuffer(object)) return { body: Body.ofBytes(copyOf(object, 0, object.byteLength)), type: null };
    if (isFormData(object)) {
      const { blob, type } = require('internal/fetch/multipart').encodeForm(entriesOf(object));
      return { body: Body.ofBlob(blob), type };
    }
    if (object instanceof URLSearchParams) {
      const bytes = encoder.encode(object.toString());
      return { body: Body.ofBytes(bytes), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
    }
    if (typeof object[Symbol.asyncIterator] === 'function') return { body: Body.ofStream(toStream(object)), type: null };
  }
  const text = toText(object, where, 'body', 'DOMString');
  return { body: Body.ofBytes(encoder.encode(text)), type: 'text/plain;charset=UTF-8' };
}

// Nothing is what a detached buffer has.
function copyOf(buffer, offset, length) {
  return length === 0 ? new Uint8Array(0) : new Uint8Array(buffer, offset, length).slice();
}

// Any async iterable does in a stream's place.
function toStream(object) {
  const { ReadableStream, isReadableStream, readableStateOf } = require('internal/webstreams/readable');
  if (isReadableStream(object)) {
    const { disturbed, isLocked } = readableStateOf(object);
    if (disturbed || isLocked) throw new TypeError('Response body object should not be disturbed or locked');
    return object;
  }
  const { Buffer } = require('buffer');
  let iterator;
  return new ReadableStream({
    type: 'bytes',
    async pull(controller) {
      iterator ??= object[Symbol.asyncIterator]();
      for (;;) {
        const { value, done } = await iterator.next();
        if (done) {
          controller.close();
          controller.byobRequest?.respond(0);
          return;
        }
        const bytes = Buffer.from(value);
        if (bytes.byteLength === 0) continue;
        controller.enqueue(new Uint8Array(bytes));
        return;
      }
    },
    async cancel() {
      await iterator?.return?.();
    },
  }, { highWaterMark: 0 });
}

const decodeText = (bytes) => new TextDecoder().decode(bytes);
// A byte order mark is a character of a form like any other.
const decodeRaw = (bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

// `bytes` are the caller's own where the table below says so.
const converters = {
  text: { own: false, convert: decodeText },
  json: { own: false, convert: (bytes) => JSON.parse(decodeText(bytes)) },
  arrayBuffer: { own: true, convert: (bytes) => bytes.buffer },
  bytes: { own: true, convert: (bytes) => bytes },
  blob: { own: false, convert: (bytes, headers) => new Blob([bytes], { type: mediaTypeOf(headers) ?? '' }) },
  formData: { own: false, convert: toForm },
};

function toForm(bytes, headers) {
  const type = mediaTypeOf(headers);
  switch (type === null ? '' : essenceOf(type)) {
    case 'multipart/form-data':
      try {
        const boundary = require('internal/fetch/media_type').parameterOf(type, 'boundary');
        if (!boundary) throw new TypeError('missing boundary in content-type header');
        return formOf(require('internal/fetch/multipart').decodeForm(bytes, boundary));
      } catch (cause) {
        throw new TypeError('Failed to parse body as FormData.', { cause });
      }
    case 'application/x-www-form-urlencoded': {
      const form = new FormData();
      for (const [name, value] of new URLSearchParams(decodeRaw(bytes))) form.append(name, value);
      return form;
    }
    default:
      throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
  }
}

function unusable() {
  return new TypeError('Body is unusable: Body has already been read');
}

// Puts the members on a class. `bodyOf` gives a receiver's body or null, `headersOf` its list of headers; both undefined for a stranger.
function defineBody(Class, bodyOf, headersOf) {
  function check(receiver) {
    const body = bodyOf(receiver);
    if (body === undefined) throw illegalInvocation();
    return body;
  }

  async function read(receiver, { own, convert }) {
    const body = check(receiver);
    if (body !== null && body.isUnusable) throw unusable();
    const bytes = body === null ? new Uint8Array(0) : await body.readAll(own);
    return convert(bytes, headersOf(receiver));
  }

  const members = {
    get body() {
      return check(this)?.stream ?? null;
    },
    get bodyUsed() {
      return check(this)?.isUsed ?? false;
    },
    blob() {
      return read(this, converters.blob);
    },
    arrayBuffer() {
      return read(this, converters.arrayBuffer);
    },
    text() {
      return read(this, converters.text);
    },
    json() {
      return read(this, converters.json);
    },
    formData() {
      return read(this, converters.formData);
    },
    bytes() {
      return read(this, converters.bytes);
    },
    textStream() {
      const body = check(this);
      if (body !== null && body.isUnusable) throw unusable();
      const { ReadableStream, TextDecoderStream } = require('stream/web');
      if (body === null) return new ReadableStream({ start: (controller) => controller.close() });
      return body.stream.pipeThrough(new TextDecoderStream());
    },
  };
  for (const name of Object.keys(members)) {
    Object.defineProperty(Class.prototype, name, Object.getOwnPropertyDescriptor(members, name));
  }
}

module.exports = { defineBody, extractBody };

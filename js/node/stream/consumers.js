'use strict';

// The public 'stream/consumers' module: a whole stream, of Node's or the web's kind, as one value.

const { Blob, Buffer } = require('buffer');
const { joinBytes } = require('internal/buffer/join');

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

// What a Blob makes of its parts: bytes stay bytes, all else becomes text.
function bytesOf(chunk) {
  if (ArrayBuffer.isView(chunk)) {
    return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
  return Buffer.from(String(chunk));
}

// A fresh ArrayBuffer, of which nothing else has a view.
async function arrayBuffer(stream) {
  return joinBytes((await collect(stream)).map(bytesOf)).buffer;
}

async function blob(stream) {
  return new Blob(await collect(stream));
}

async function buffer(stream) {
  return Buffer.from(await arrayBuffer(stream));
}

async function bytes(stream) {
  return new Uint8Array(await arrayBuffer(stream));
}

async function text(stream) {
  const decoder = new TextDecoder();
  let all = '';
  for await (const chunk of stream) {
    all += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
  return all + decoder.decode();
}

async function json(stream) {
  return JSON.parse(await text(stream));
}

module.exports = { arrayBuffer, blob, buffer, bytes, text, json };

'use strict';
// The answer to a request for a blob: URL: the blob, or a range of it.

const { resolveObjectURL } = require('internal/blob');

// { status, statusText, headers, blob }; throws what is wrong with the request.
function readBlobUrl(url, method, range) {
  // A query is part of the name here.
  const blob = url.includes('?') ? undefined : resolveObjectURL(url);
  if (method !== 'GET' || blob === undefined) throw new Error('invalid method');
  if (range === null) {
    return { status: 200, statusText: 'OK', headers: [['content-length', `${blob.size}`], ['content-type', blob.type]], blob };
  }
  const { start, end } = parseRange(range, blob.size);
  return {
    status: 206,
    statusText: 'Partial Content',
    headers: [['content-length', `${end - start}`], ['content-type', blob.type], ['content-range', `bytes ${start}-${end - 1}/${blob.size}`]],
    blob: blob.slice(start, end, blob.type),
  };
}

// The one range that a header asks for: [start, end).
function parseRange(value, size) {
  const match = /^bytes[\t ]*=[\t ]*(\d*)[\t ]*-[\t ]*(\d*)$/.exec(value);
  if (match === null || (match[1] === '' && match[2] === '')) throw new Error('failed to parse the range');
  if (match[1] === '') return { start: Math.max(size - Number(match[2]), 0), end: size };
  const start = Number(match[1]);
  const last = match[2] === '' ? Infinity : Number(match[2]);
  if (last < start) throw new Error('failed to parse the range');
  if (start >= size) throw new Error("Range start is greater than the blob's size.");
  return { start, end: Math.min(last + 1, size) };
}

module.exports = { readBlobUrl };

'use strict';
// How the fields of a head become `headers` and `headersDistinct`: which names are joined, which count once.

// How a repeated field is taken: the first counts, all are joined (by a comma or a semicolon), or all are kept.
const FIRST = 1;
const COMMA = 2;
const SEMICOLON = 3;
const LIST = 4;

const kinds = { __proto__: null, 'cookie': SEMICOLON, 'set-cookie': LIST };
for (const name of [
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after', 'server',
  'user-agent',
]) kinds[name] = FIRST;

function addField(target, name, value, joinDuplicates) {
  const key = name.toLowerCase();
  let kind = kinds[key] ?? COMMA;
  const old = target[key];
  if (kind === LIST) {
    if (old !== undefined) old.push(value);
    else target[key] = [value];
    return;
  }
  // Not `undefined`: `headers` is a plain object, and a peer may send a field that is named like a method of it.
  if (typeof old !== 'string') {
    target[key] = value;
    return;
  }
  if (kind === FIRST) {
    if (!joinDuplicates) return;
    kind = COMMA;
  }
  target[key] = kind === SEMICOLON ? `${old}; ${value}` : `${old}, ${value}`;
}

function headersOf(raw, joinDuplicates) {
  const headers = {};
  for (let i = 0; i < raw.length; i += 2) addField(headers, raw[i], raw[i + 1], joinDuplicates);
  return headers;
}

function distinctOf(raw) {
  const headers = { __proto__: null };
  for (let i = 0; i < raw.length; i += 2) (headers[raw[i].toLowerCase()] ??= []).push(raw[i + 1]);
  return headers;
}

module.exports = { addField, distinctOf, headersOf };

'use strict';
// The bytes and the media type of a data: URL, as the Fetch standard's processor has them.

const { Buffer } = require('buffer');
const { MIMEType } = require('internal/util/mime');

const FALLBACK = 'text/plain;charset=US-ASCII';

// Bytes as text of one byte a character, of a URL's text: what is no escape stays.
const unescape = (text) => text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

// By the rules of atob(); null for what is none.
function decodeBase64(text) {
  text = text.replace(/[\t\n\f\r ]+/g, '');
  if (text.length % 4 === 0) text = text.replace(/={1,2}$/, '');
  if (text.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(text)) return null;
  return Buffer.from(text, 'base64');
}

// { type, bytes }, or null for a URL that is malformed.
function readDataUrl(url) {
  // Without the fragment.
  const text = url.href.slice('data:'.length, url.hash === '' ? undefined : -url.hash.length);
  const comma = text.indexOf(',');
  if (comma === -1) return null;
  let type = text.slice(0, comma).trim();
  const content = unescape(text.slice(comma + 1));
  const isBase64 = /; *base64$/i.test(type);
  const bytes = isBase64 ? decodeBase64(content) : Buffer.from(content, 'latin1');
  if (bytes === null) return null;
  if (isBase64) type = type.replace(/; *base64$/i, '');
  if (type.startsWith(';')) type = `text/plain${type}`;
  try {
    type = new MIMEType(type).toString();
  } catch {
    // A type that is none means the fallback.
    type = FALLBACK;
  }
  return { type, bytes: new Uint8Array(bytes) };
}

module.exports = { readDataUrl };

'use strict';
// application/x-www-form-urlencoded, the format of URLSearchParams: between text
// and a flat list of names and values.

const { Buffer } = require('buffer');

const PLUS = /\+/g;
const RESERVED = /[!'()~]|%20/g;
const UNRESERVED = /^[A-Za-z0-9*\-._]*$/;

const hexDigit = (code) => {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
};

// What is not an escape stays; bytes that are no UTF-8 become U+FFFD.
function decodeLeniently(text) {
  const input = Buffer.from(text);
  let length = 0;
  for (let i = 0; i < input.length; i++) {
    let byte = input[i];
    if (byte === 37 && i + 2 < input.length) {
      const high = hexDigit(input[i + 1]);
      const low = hexDigit(input[i + 2]);
      if (high >= 0 && low >= 0) {
        byte = high * 16 + low;
        i += 2;
      }
    }
    input[length++] = byte;
  }
  return input.toString('utf8', 0, length);
}

function decode(text) {
  if (text.includes('+')) text = text.replace(PLUS, ' ');
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return decodeLeniently(text);
  }
}

// Both in one list: name, value, name, value, ...
function parseForm(text) {
  const list = [];
  for (let start = 0; start < text.length;) {
    let end = text.indexOf('&', start);
    if (end === -1) end = text.length;
    if (end > start) {
      const pair = text.slice(start, end);
      const split = pair.indexOf('=');
      if (split === -1) list.push(decode(pair), '');
      else list.push(decode(pair.slice(0, split)), decode(pair.slice(split + 1)));
    }
    start = end + 1;
  }
  return list;
}

const ESCAPES = { '%20': '+', '!': '%21', "'": '%27', '(': '%28', ')': '%29', '~': '%7E' };

function encode(text) {
  if (UNRESERVED.test(text)) return text;
  return encodeURIComponent(text).replace(RESERVED, (found) => ESCAPES[found]);
}

function serializeForm(list) {
  let text = '';
  for (let i = 0; i < list.length; i += 2) {
    if (i > 0) text += '&';
    text += `${encode(list[i])}=${encode(list[i + 1])}`;
  }
  return text;
}

module.exports = { parseForm, serializeForm };

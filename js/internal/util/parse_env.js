'use strict';
// util.parseEnv: the text of a .env file as an object.

const { validateString } = require('internal/validators');

const QUOTES = new Set(['"', "'", '`']);

function lineEnd(text, from) {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

// The value that starts at `at`, and where the next line starts.
function readValue(text, at) {
  const end = lineEnd(text, at);
  let start = at;
  while (start < end && (text[start] === ' ' || text[start] === '\t')) start++;
  const quote = text[start];
  if (start < end && QUOTES.has(quote)) {
    // A quoted value may go over several lines.
    const close = text.indexOf(quote, start + 1);
    if (close !== -1) {
      const value = text.slice(start + 1, close);
      return [quote === '"' ? value.replaceAll('\\n', '\n') : value, lineEnd(text, close) + 1];
    }
  }
  const comment = text.indexOf('#', start);
  const value = text.slice(start, comment !== -1 && comment < end ? comment : end);
  return [value.trim(), end + 1];
}

function parseEnv(content) {
  validateString(content, 'content');
  const text = content.replace(/\r\n?/g, '\n');
  const result = { __proto__: null };
  let at = 0;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const equals = line.indexOf('=');
    if (equals === -1 || line.trimStart().startsWith('#')) {
      at = end + 1;
      continue;
    }
    let key = line.slice(0, equals).trim();
    if (key.startsWith('export ')) key = key.slice(7).trim();
    if (key === '') {
      at = end + 1;
      continue;
    }
    [result[key], at] = readValue(text, at + equals + 1);
  }
  return result;
}

module.exports = { parseEnv };

'use strict';

// The text behind a URL.

const { codes: { ERR_INVALID_URL, ERR_UNKNOWN_MODULE_FORMAT, ERR_UNSUPPORTED_ESM_URL_SCHEME } } = require('internal/errors');
const { readText } = require('internal/modules/files');
const { isEsmSyntaxError } = require('internal/modules/esm_syntax');
const { formatOf } = require('internal/modules/esm/formats');
const { URL, fileURLToPath } = require('url');

function decodeData(url) {
  const match = /^data:([^,]*),(.*)$/s.exec(url);
  if (match === null) throw new ERR_INVALID_URL(url);
  const [, head, body] = match;
  const { Buffer } = require('buffer');
  const text = decodeURIComponent(body.replace(/#.*$/s, ''));
  return /;base64$/i.test(head) ? Buffer.from(text, 'base64').toString() : text;
}

// A file of a package that does not say is an ES module if it only compiles as one.
function detect(text, file) {
  try {
    ops.op_runtime_module_compile(text, file);
  } catch (error) {
    if (isEsmSyntaxError(error, text, file)) return 'module';
  }
  return 'commonjs';
}

// { format, text }; text is undefined where there is none to be had. A format that a hook gives counts, known here or not.
function load(url, given) {
  if (!/^(?:file|data|node):/.test(url)) throw new ERR_UNSUPPORTED_ESM_URL_SCHEME(new URL(url), ['file', 'data', 'node']);
  const format = given ?? formatOf(url);
  switch (format) {
    case 'builtin':
      return { format, text: undefined };
    case 'wasm':
    case 'addon':
      throw new ERR_UNKNOWN_MODULE_FORMAT(format, url);
  }
  if (url.startsWith('data:')) return { format, text: decodeData(url) };
  const file = fileURLToPath(url);
  const text = readText(file);
  return { format: format ?? detect(text, file), text };
}

module.exports = { detect, load };

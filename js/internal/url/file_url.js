'use strict';
// Between file: URLs and paths of this system, or of Windows where the caller
// says so.

const { Buffer } = require('buffer');
const {
  codes: {
    ERR_INVALID_ARG_TYPE,
    ERR_INVALID_ARG_VALUE,
    ERR_INVALID_FILE_URL_HOST,
    ERR_INVALID_FILE_URL_PATH,
    ERR_INVALID_URL_SCHEME,
  },
} = require('internal/errors');
const { validateString } = require('internal/validators');
const path = require('path');
const { unescapeBuffer } = require('querystring');
const { URL, isURL } = require('internal/url/url_class');

const isDriveLetter = (code) => {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
};

// What makes no byte of a path may not come in through an escape.
function rejectEscapes(url, pathname, pattern, what) {
  if (pattern.test(pathname)) throw new ERR_INVALID_FILE_URL_PATH(`must not include encoded ${what} characters`, url);
}

function fileUrlOf(value) {
  if (typeof value === 'string') value = new URL(value);
  else if (!isURL(value)) throw new ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], value);
  if (value.protocol !== 'file:') throw new ERR_INVALID_URL_SCHEME('file');
  return value;
}

// Windows: '\\server' or '' and the rest of the path, escapes still in it.
function splitWindows(url) {
  const { hostname, pathname } = url;
  rejectEscapes(url, pathname, /%2f|%5c/i, '\\ or /');
  if (hostname !== '') return { server: hostname, rest: pathname.replaceAll('/', '\\') };
  const absolute = isDriveLetter(pathname.charCodeAt(1)) && pathname[2] === ':';
  if (!absolute) throw new ERR_INVALID_FILE_URL_PATH('must be absolute', url);
  return { server: '', rest: pathname.slice(1).replaceAll('/', '\\') };
}

function posixPathname(url) {
  const { hostname, pathname } = url;
  if (hostname !== '') throw new ERR_INVALID_FILE_URL_HOST(process.platform);
  rejectEscapes(url, pathname, /%2f/i, '/');
  return pathname;
}

const wantsWindows = (options) => options?.windows ?? process.platform === 'win32';

function fileURLToPath(value, options = undefined) {
  const url = fileUrlOf(value);
  if (!wantsWindows(options)) return decodeURIComponent(posixPathname(url));
  const { server, rest } = splitWindows(url);
  const prefix = server === '' ? '' : `\\\\${ops.op_os_url_domain_to_unicode(server)}`;
  return `${prefix}${decodeURIComponent(rest)}`;
}

// For names that are no UTF-8, which a string could not hold.
function fileURLToPathBuffer(value, options = undefined) {
  const url = fileUrlOf(value);
  if (!wantsWindows(options)) return unescapeBuffer(posixPathname(url));
  const { server, rest } = splitWindows(url);
  if (server === '') return unescapeBuffer(rest);
  return Buffer.concat([Buffer.from(`\\\\${ops.op_os_url_domain_to_unicode(server)}`), unescapeBuffer(rest)]);
}

const ESCAPES = { '?': '%3F', '#': '%23', '~': '%7E' };

// Everything that a URL parser could take for something else than a path's byte.
const encodePath = (text) => encodeURI(text.toWellFormed()).replace(/[?#~]/g, (char) => ESCAPES[char]);

function uncToFileURL(filepath) {
  // '\\?\UNC\server\share' is the long form of '\\server\share'.
  const start = filepath.startsWith('\\\\?\\UNC\\') ? 8 : 2;
  const end = filepath.indexOf('\\', start);
  if (end === -1) throw new ERR_INVALID_ARG_VALUE('path', filepath, 'Missing UNC resource path');
  if (end === start) throw new ERR_INVALID_ARG_VALUE('path', filepath, 'Empty UNC servername');
  const url = new URL(`file://${encodePath(filepath.slice(end).replaceAll('\\', '/'))}`);
  url.hostname = filepath.slice(start, end);
  return url;
}

function pathToFileURL(filepath, options = undefined) {
  validateString(filepath, 'path');
  const windows = wantsWindows(options);
  if (windows && filepath.startsWith('\\\\')) {
    if (!filepath.startsWith('\\\\?\\') || filepath.startsWith('\\\\?\\UNC\\')) return uncToFileURL(filepath);
    filepath = filepath.slice(4);
  }
  let resolved = windows ? path.win32.resolve(filepath) : path.posix.resolve(filepath);
  const last = filepath.at(-1);
  const separator = windows ? '\\' : '/';
  // resolve() drops a trailing separator, which means something to a URL.
  if ((last === '/' || (windows && last === '\\')) && resolved.at(-1) !== separator) resolved += separator;
  if (!windows) return new URL(`file://${encodePath(resolved)}`);
  return new URL(`file:///${encodePath(resolved.replaceAll('\\', '/'))}`);
}

// For functions that take a path in either form.
function toPathIfFileURL(value) {
  return isURL(value) ? fileURLToPath(value) : value;
}

module.exports = { fileURLToPath, fileURLToPathBuffer, pathToFileURL, toPathIfFileURL };

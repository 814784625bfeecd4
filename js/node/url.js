'use strict';
// The public surface of url: the URL standard's classes, conversions from and
// to paths, and the legacy functions, whose use is deprecated.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_MISSING_ARGS } } = require('internal/errors');
const url = require('internal/url');
const { Url } = require('internal/url/legacy_resolve');
const { parseLegacy } = require('internal/url/legacy_parse');
const { formatURL } = require('internal/url/legacy_format');

let warned = false;

// Once, and only where the program itself calls, not what it depends on.
function warnOfParse() {
  if (warned || ops.op_os_buffer_caller_is_dependency()) return;
  warned = true;
  process.emitWarning(
    '`url.parse()` behavior is not standardized and prone to errors that have security implications. ' +
    'Use the WHATWG URL API instead. CVEs are not issued for `url.parse()` vulnerabilities.',
    'DeprecationWarning',
    'DEP0169',
  );
}

function parse(input, parseQueryString, slashesDenoteHost) {
  if (!warned) warnOfParse();
  return parseLegacy(input, parseQueryString, slashesDenoteHost);
}

function format(urlObject, options) {
  if (typeof urlObject === 'string') return parse(urlObject).format();
  if (typeof urlObject !== 'object' || urlObject === null) {
    throw new ERR_INVALID_ARG_TYPE('urlObject', ['Object', 'string'], urlObject);
  }
  if (url.isURL(urlObject)) return formatURL(urlObject, options);
  return Reflect.apply(Url.prototype.format, urlObject, []);
}

function resolve(source, relative) {
  return parse(source, false, true).resolve(relative);
}

function resolveObject(source, relative) {
  return source ? parse(source, false, true).resolveObject(relative) : relative;
}

function domainToASCII(domain) {
  if (arguments.length < 1) throw new ERR_MISSING_ARGS('domain');
  return url.domainToASCII(domain);
}

function domainToUnicode(domain) {
  if (arguments.length < 1) throw new ERR_MISSING_ARGS('domain');
  return url.domainToUnicode(domain);
}

module.exports = {
  Url,
  parse,
  resolve,
  resolveObject,
  format,
  URL: url.URL,
  URLSearchParams: url.URLSearchParams,
  domainToASCII,
  domainToUnicode,
  pathToFileURL: url.pathToFileURL,
  // Most programs never look at it.
  get URLPattern() {
    return require('internal/url/url_pattern').URLPattern;
  },
  fileURLToPath: url.fileURLToPath,
  fileURLToPathBuffer: url.fileURLToPathBuffer,
  urlToHttpOptions: url.urlToHttpOptions,
};

'use strict';
// Legacy url.format(): a string from an object with the fields of url.parse(),
// or from a URL with parts left out.

const { codes: { ERR_INVALID_URI } } = require('internal/errors');
const { validateObject } = require('internal/validators');
const querystring = require('querystring');
const { slashed } = require('internal/url/schemes');

function encodeAuth(auth) {
  try {
    return encodeURIComponent(auth).replaceAll('%3A', ':');
  } catch {
    throw new ERR_INVALID_URI();
  }
}

function hostOf(url, auth) {
  if (url.host) return auth + url.host;
  if (!url.hostname) return '';
  const { hostname } = url;
  const bare = hostname.includes(':') && !(hostname[0] === '[' && hostname.at(-1) === ']');
  return `${auth}${bare ? `[${hostname}]` : hostname}${url.port ? `:${url.port}` : ''}`;
}

function formatLegacy(url) {
  const auth = url.auth ? `${encodeAuth(url.auth)}@` : '';
  let protocol = url.protocol || '';
  let pathname = url.pathname || '';
  let hash = url.hash || '';
  let host = hostOf(url, auth);
  const query = url.query !== null && typeof url.query === 'object' ? querystring.stringify(url.query) : '';
  let search = url.search || (query && `?${query}`) || '';

  if (protocol && !protocol.endsWith(':')) protocol += ':';
  pathname = pathname.replace(/[?#]/g, (char) => (char === '?' ? '%3F' : '%23'));
  if (url.slashes || slashed.has(protocol)) {
    if (url.slashes || host) {
      if (pathname && pathname[0] !== '/') pathname = `/${pathname}`;
      host = `//${host}`;
    } else if (protocol.startsWith('file')) {
      host = '//';
    }
  }
  search = search.replaceAll('#', '%23');
  if (hash && hash[0] !== '#') hash = `#${hash}`;
  if (search && search[0] !== '?') search = `?${search}`;
  return protocol + host + pathname + search + hash;
}

// Of a URL object; what an option leaves out is any falsy value but undefined.
function formatURL(url, options) {
  if (options === undefined || options === null) return url.href;
  validateObject(options, 'options');
  const keeps = (value) => value === undefined || Boolean(value);
  const { username, password, port } = url;
  let text = url.protocol;
  if (url.href.startsWith('//', text.length)) {
    text += '//';
    if (keeps(options.auth) && (username || password)) text += `${username}${password ? `:${password}` : ''}@`;
    text += options.unicode ? ops.op_os_url_domain_to_unicode(url.hostname) : url.hostname;
    if (port) text += `:${port}`;
  } else if (url.pathname.startsWith('//')) {
    // Or else the path would read as a host.
    text += '/.';
  }
  text += url.pathname;
  if (keeps(options.search)) text += url.search;
  if (keeps(options.fragment)) text += url.hash;
  return text;
}

module.exports = { formatLegacy, formatURL };

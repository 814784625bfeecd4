'use strict';
// Legacy url.resolve(): a reference against a base, both as url.parse() sees
// them. It predates the URL standard and gives other results for unknown protocols.

const { Url, parseLegacy } = require('internal/url/legacy_parse');
const { opaque, slashed } = require('internal/url/schemes');

const setPath = (url) => {
  url.path = url.pathname === null && url.search === null ? url.path : (url.pathname || '') + (url.search || '');
};

function finish(url) {
  url.href = url.format();
  return url;
}

const isFile = (protocol) => protocol === 'file' || protocol === 'file:';

// A reference with a protocol of its own takes nothing from the base but, in part, its slashes.
function takeProtocol(result, relative) {
  if (!slashed.has(relative.protocol)) {
    Object.assign(result, relative);
    return finish(result);
  }
  result.protocol = relative.protocol;
  if (relative.host || isFile(relative.protocol) || opaque.has(relative.protocol)) {
    result.pathname = relative.pathname;
  } else {
    // 'http:a/b': these have to have a host, so the first segment is it.
    const segments = (relative.pathname || '').split('/');
    let host = '';
    while (segments.length > 0 && host === '') host = segments.shift();
    relative.host = host;
    relative.hostname ||= '';
    if (segments[0] !== '') segments.unshift('');
    if (segments.length < 2) segments.unshift('');
    result.pathname = segments.join('/');
  }
  result.search = relative.search;
  result.query = relative.query;
  result.host = relative.host || '';
  result.auth = relative.auth;
  result.hostname = relative.hostname || relative.host;
  result.port = relative.port;
  if (result.pathname || result.search) result.path = (result.pathname || '') + (result.search || '');
  result.slashes ||= relative.slashes;
  return finish(result);
}

// '//host/path': everything but the protocol comes from the reference.
function takeHost(result, relative) {
  const { protocol } = result;
  Object.assign(result, relative, { protocol });
  if (slashed.has(protocol) && result.hostname && !result.pathname) {
    result.pathname = '/';
    result.path = '/';
  }
  return finish(result);
}

// Without slashes the host is where a path begins: 'mailto:a@b' has it as its only segment.
function hostFromPath(result, host) {
  result.host = host;
  result.hostname = host;
  const parts = host && host.indexOf('@') > 0 ? host.split('@') : undefined;
  if (parts !== undefined) {
    result.auth = parts[0];
    result.host = parts[1];
    result.hostname = parts[1];
  }
}

function moveHostIntoPath(host, segments) {
  if (!host) return;
  if (segments[0] === '') segments[0] = host;
  else segments.unshift(host);
}

// Takes '.' and '..' out of the list; returns how many levels above its beginning they led.
function removeDots(segments) {
  let up = 0;
  for (let i = segments.length - 1; i >= 0; i--) {
    if (segments[i] === '.') {
      segments.splice(i, 1);
    } else if (segments[i] === '..') {
      segments.splice(i, 1);
      up++;
    } else if (up > 0) {
      segments.splice(i, 1);
      up--;
    }
  }
  return up;
}

const beginsAtRoot = (segments) => segments[0] === '' || Boolean(segments[0] && segments[0][0] === '/');

const segmentsOf = (url) => (url.pathname ? url.pathname.split('/') : []);

// The segments of the result's path before dots are removed; undefined where only the query changes.
function mergeSegments(result, relative, base, added, replaces) {
  if (replaces) {
    if (relative.host || relative.host === '') {
      if (result.host !== relative.host) result.auth = null;
      result.host = relative.host;
      result.port = relative.port;
    }
    if (relative.hostname || relative.hostname === '') {
      if (result.hostname !== relative.hostname) result.auth = null;
      result.hostname = relative.hostname;
    }
    result.search = relative.search;
    result.query = relative.query;
    return added;
  }
  if (added.length > 0) {
    result.search = relative.search;
    result.query = relative.query;
    return [...base.slice(0, -1), ...added];
  }
  return relative.search === null || relative.search === undefined ? base : undefined;
}

function resolveObject(source, relative) {
  const result = Object.assign(new Url(), source);
  result.hash = relative.hash;
  if (relative.href === '') return finish(result);
  if (relative.slashes && !relative.protocol) return takeHost(result, relative);
  if (relative.protocol && relative.protocol !== result.protocol) return takeProtocol(result, relative);

  const replaces = Boolean(relative.host || (relative.pathname && relative.pathname[0] === '/'));
  let absolute = Boolean((result.pathname && result.pathname[0] === '/') || replaces ||
    (result.host && relative.pathname));
  const keepsAbove = !absolute;
  const base = segmentsOf(result);
  const added = segmentsOf(relative);
  const hostInPath = Boolean(result.protocol && !slashed.has(result.protocol));

  if (hostInPath) {
    result.hostname = '';
    result.port = null;
    moveHostIntoPath(result.host, base);
    result.host = '';
    if (relative.protocol) {
      result.auth = null;
      moveHostIntoPath(relative.host, added);
      relative.hostname = null;
      relative.port = null;
      relative.host = null;
    }
    absolute &&= added[0] === '' || base[0] === '';
  }

  const segments = mergeSegments(result, relative, base, added, replaces);
  if (segments === undefined) {
    if (hostInPath) hostFromPath(result, base.shift());
    result.search = relative.search;
    result.query = relative.query;
    setPath(result);
    return finish(result);
  }
  if (segments.length === 0) {
    result.pathname = null;
    result.path = result.search ? `/${result.search}` : null;
    return finish(result);
  }

  const last = segments.at(-1);
  const trailingSlash = last === '' ||
    ((last === '.' || last === '..') && Boolean(result.host || relative.host || segments.length > 1));
  let up = removeDots(segments);
  if (!absolute && keepsAbove) {
    for (; up > 0; up--) segments.unshift('..');
  }
  if (absolute && !beginsAtRoot(segments)) segments.unshift('');
  if (trailingSlash && !segments.join('/').endsWith('/')) segments.push('');

  const rooted = beginsAtRoot(segments);
  if (hostInPath) hostFromPath(result, rooted ? '' : segments.shift() ?? '');
  if ((absolute || (result.host && segments.length > 0)) && !rooted) segments.unshift('');

  if (segments.length === 0) {
    result.pathname = null;
    result.path = null;
  } else {
    result.pathname = segments.join('/');
  }
  setPath(result);
  result.auth = relative.auth || result.auth;
  result.slashes ||= relative.slashes;
  return finish(result);
}

Url.prototype.resolve = function resolve(relative) {
  return this.resolveObject(parseLegacy(relative, false, true)).format();
};

Url.prototype.resolveObject = function(relative) {
  return resolveObject(this, typeof relative === 'string' ? parseLegacy(relative, false, true) : relative);
};
Object.defineProperty(Url.prototype.resolveObject, 'name', { __proto__: null, value: 'resolveObject' });

module.exports = { Url };

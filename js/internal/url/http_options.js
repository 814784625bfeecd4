'use strict';
// The options of http.request() from a URL.

const { validateObject } = require('internal/validators');

function urlToHttpOptions(url) {
  validateObject(url, 'url', 0);
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null,
    // What a program has put on the URL is for the request too.
    ...url,
    protocol: url.protocol,
    hostname: hostname?.[0] === '[' ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

module.exports = { urlToHttpOptions };

'use strict';

// How a URL would spell a piece of each of its components. Every function takes text and gives back the spelling, or throws for
// what no URL can have there.

const { URL } = require('internal/url/url_class');

const DEFAULT_PORTS = { '__proto__': null, 'http': '80', 'https': '443', 'ws': '80', 'wss': '443', 'ftp': '21', 'file': '' };
const isSpecial = (scheme) => scheme in DEFAULT_PORTS;

const withoutBreaks = (text) => text.replace(/[\t\n\r]/g, '');

// A URL without a special scheme, which spells everything as plainly as can be.
const bare = () => new URL('none://host/');

function protocol(text) {
  if (text === '') return '';
  return new URL(`${text}://host/`).protocol.slice(0, -1);
}

function username(text) {
  const url = bare();
  url.username = text;
  return url.username;
}

function password(text) {
  const url = bare();
  url.password = text;
  return url.password;
}

function host(text, scheme) {
  if (text === '') return '';
  text = withoutBreaks(text);
  if (/[/?#@:\\]/.test(text) && !text.startsWith('[')) throw new TypeError('Invalid host name');
  return new URL(`${scheme}://${text}`).hostname;
}

const domain = (text) => host(text, 'https');
const opaqueHost = (text) => host(text, 'none');

function ipv6(text) {
  if (/[^0-9A-Fa-f:[\]]/.test(text)) throw new TypeError('Invalid IPv6 address');
  return text.toLowerCase();
}

function port(text, scheme) {
  if (text === '') return '';
  const digits = /^\d+/.exec(withoutBreaks(text))?.[0];
  if (digits === undefined || digits > 65535) throw new TypeError('Invalid port');
  const number = `${Number(digits)}`;
  return scheme !== undefined && DEFAULT_PORTS[scheme] === number ? '' : number;
}

function pathname(text) {
  if (text === '') return '';
  const url = bare();
  if (text[0] === '/') {
    url.pathname = text;
    return url.pathname;
  }
  // Neither a slash that is not there nor dots that the text before might have had company for.
  url.pathname = `/-${text}`;
  return url.pathname.slice(2);
}

const opaquePathname = (text) => withoutBreaks(text).replace(/[^ -~]/gu, (char) => {
  const code = char.codePointAt(0);
  return code < 0x80 ? `%${code.toString(16).toUpperCase().padStart(2, '0')}` : encodeURIComponent(char.toWellFormed());
});

function search(text) {
  const url = bare();
  url.search = `?${text}`;
  return url.search.slice(1);
}

function hash(text) {
  const url = bare();
  url.hash = `#${text}`;
  return url.hash.slice(1);
}

module.exports = {
  DEFAULT_PORTS, domain, hash, ipv6, isSpecial, opaqueHost, opaquePathname, password, pathname, port, protocol, search, username,
};

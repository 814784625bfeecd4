'use strict';
// A message's head as text: the given headers as they are, then what the protocol still needs, in Node's order.

const { codes: { ERR_HTTP_TRAILER_INVALID } } = require('internal/errors');
const { utcDate } = require('internal/http/date');
const { headerName } = require('internal/http/validate');

const CLOSE = /(?:^|\W)close(?:$|\W)/i;
const UPGRADE = /(?:^|\W)upgrade(?:$|\W)/i;
const CHUNKED = /(?:^|\W)chunked(?:$|\W)/i;

// What the given headers say about framing and the connection.
class Seen {
  constructor(text) {
    // Without the last line's end, which comes with the next line.
    this.text = text;
    this.connection = false;
    this.keepAlive = false;
    this.contentLength = false;
    this.transferEncoding = false;
    this.date = false;
    this.expect = false;
    this.trailer = false;
  }
}

function add(message, seen, name, value, validate) {
  const known = headerName(name);
  if (Array.isArray(value)) {
    if ((value.length < 2 || !isCookieField(name)) && !message._uniqueHeaders?.has(name.toLowerCase())) {
      for (const one of value) addOne(message, seen, known, name, one, validate);
      return;
    }
    value = value.join('; ');
  }
  addOne(message, seen, known, name, value, validate);
}

function addOne(message, seen, known, name, value, validate) {
  seen.text += known.line(name, value, validate);
  if (known.special !== null) note(message, seen, known.special, value);
}

function note(message, seen, key, value) {
  switch (key) {
    case 'connection':
      seen.connection = true;
      message._removedConnection = false;
      if (CLOSE.test(value)) message._last = true;
      else message.shouldKeepAlive = true;
      if (UPGRADE.test(value)) message.upgrading = true;
      break;
    case 'transfer-encoding':
      seen.transferEncoding = true;
      message._removedTE = false;
      if (CHUNKED.test(value)) message.chunkedEncoding = true;
      break;
    case 'content-length':
      seen.contentLength = true;
      message._contentLength = +value;
      message._removedContLen = false;
      break;
    case 'date':
      seen.date = true;
      break;
    case 'expect':
      seen.expect = true;
      break;
    case 'trailer':
      seen.trailer = true;
      break;
    case 'keep-alive':
      seen.keepAlive = true;
      break;
    default:
  }
}

function isCookieField(name) {
  return name.length === 6 && name.toLowerCase() === 'cookie';
}

// Builds the head from the start line and headers (the message's own table, an object, or arrays of pairs) and decides framing.
function buildHead(message, firstLine, table, given) {
  const seen = new Seen(firstLine.slice(0, -2));
  if (given !== undefined && given !== null) {
    if (Array.isArray(given)) {
      if (given.length > 0 && Array.isArray(given[0])) {
        for (const entry of given) add(message, seen, entry[0], entry[1], true);
      } else {
        for (let i = 0; i < given.length; i += 2) add(message, seen, given[i], given[i + 1], true);
      }
    } else {
      for (const key of Object.keys(given)) add(message, seen, key, given[key], true);
    }
  } else if (table !== null) {
    for (const key in table) {
      const entry = table[key];
      add(message, seen, entry[0], entry[1], false);
    }
  }
  let { text } = seen;

  if (message.sendDate && !seen.date) text += `\r\nDate: ${utcDate()}`;

  if (message.chunkedEncoding && (message.statusCode === 204 || message.statusCode === 304)) {
    // Neither has a body, and a client might wait for the chunks.
    message.chunkedEncoding = false;
    message.shouldKeepAlive = false;
  }

  if (message._removedConnection) {
    // Without a word the client may keep it or not: say nothing, and end it.
    message._last = !message.shouldKeepAlive;
  } else if (!seen.connection) {
    const keep = message.shouldKeepAlive
      && (seen.contentLength || message.useChunkedEncodingByDefault || message.agent);
    if (keep && message.maxRequestsOnConnectionReached) {
      // It is the client that is to end it: what it still asks for is answered, with 503.
      text += '\r\nConnection: close';
    } else if (keep) {
      text += '\r\nConnection: keep-alive';
      if (message._keepAliveTimeout && message._defaultKeepAlive && !seen.keepAlive) {
        const seconds = Math.floor(message._keepAliveTimeout / 1000);
        const max = message._maxRequestsPerSocket > 0 ? `, max=${message._maxRequestsPerSocket}` : '';
        text += `\r\nKeep-Alive: timeout=${seconds}${max}`;
      }
    } else {
      message._last = true;
      text += '\r\nConnection: close';
    }
  }

  if (!seen.contentLength && !seen.transferEncoding) {
    if (!message._hasBody) {
      message.chunkedEncoding = false;
    } else if (!message.useChunkedEncodingByDefault) {
      message._last = true;
    } else if (!seen.trailer && !message._removedContLen && typeof message._contentLength === 'number') {
      text += `\r\nContent-Length: ${message._contentLength}`;
    } else if (!message._removedTE) {
      text += '\r\nTransfer-Encoding: chunked';
      message.chunkedEncoding = true;
    } else {
      message._last = true;
    }
  }
  if (message.chunkedEncoding !== true && seen.trailer) throw new ERR_HTTP_TRAILER_INVALID();
  message._expectsContinue = seen.expect;
  return `${text}\r\n\r\n`;
}

module.exports = { buildHead };

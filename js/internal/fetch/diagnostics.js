'use strict';
// What tracing programs hear of a fetch: the diagnostics channels 'undici:*', which they know from Node. Nothing is made of a request that nobody listens
// to. When what happens is internal/fetch/connection's.

const { Buffer } = require('buffer');
const { channel } = require('diagnostics_channel');

const NAMES = {
  create: 'undici:request:create',
  bodySent: 'undici:request:bodySent',
  chunkSent: 'undici:request:bodyChunkSent',
  chunkReceived: 'undici:request:bodyChunkReceived',
  headers: 'undici:request:headers',
  trailers: 'undici:request:trailers',
  error: 'undici:request:error',
  sendHeaders: 'undici:client:sendHeaders',
  beforeConnect: 'undici:client:beforeConnect',
  connected: 'undici:client:connected',
  connectError: 'undici:client:connectError',
};
const EVENTS = Object.keys(NAMES);
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

let channels = null;

function publish(event, message) {
  if (channels[event].hasSubscribers) channels[event].publish(message);
}

// The request as subscribers see it. They may add headers while it is new.
class Request {
  constructor(url, method, headers, length) {
    this.method = method;
    this.body = null;
    this.completed = false;
    this.aborted = false;
    this.upgrade = null;
    this.path = url.pathname + url.search;
    this.origin = url.origin;
    this.protocol = url.protocol;
    this.idempotent = IDEMPOTENT.has(method);
    this.host = url.host;
    this.contentLength = length;
    this.contentType = valueOf(headers, 'content-type');
    this.headers = headers;
  }

  addHeader(name, value) {
    this.headers.push(`${name}`, `${value}`);
    return this;
  }
}

function valueOf(headers, name) {
  for (let i = 0; i < headers.length; i += 2) if (headers[i].toLowerCase() === name) return headers[i + 1];
  return null;
}

// One request that somebody listens to.
class Observed {
  #request;
  #url;
  #raw;
  #framing;
  #waiting = [];
  #isOver = false;

  // `raw` are the names and values of the head: first the host and the connection, last what says how long the body is, if anything does.
  constructor(url, method, raw) {
    const last = raw[raw.length - 2];
    const count = last === 'content-length' || last === 'transfer-encoding' ? 2 : 0;
    this.#url = url;
    this.#framing = raw.slice(raw.length - count);
    this.#raw = raw.slice(0, 4);
    const length = last === 'content-length' ? Number(raw.at(-1)) : null;
    this.#request = new Request(url, method, raw.slice(4, raw.length - count), length);
    publish('create', { request: this.#request });
  }

  // The head with what subscribers have added.
  get headers() {
    return [...this.#raw, ...this.#request.headers, ...this.#framing];
  }

  // It goes out once more, over another connection.
  repeat() {
    this.#waiting = [];
  }

  attach(socket) {
    if (!socket.connecting) {
      this.#sendHeaders(socket);
      return;
    }
    const isSecure = this.#url.protocol === 'https:';
    const { host, hostname, protocol, port } = this.#url;
    const connectParams = { host, hostname, protocol, port, version: undefined, servername: socket.servername || null, localAddress: null };
    const connector = isSecure ? require('tls').connect : require('net').connect;
    publish('beforeConnect', { connectParams, connector });
    const failed = (error) => publish('connectError', { connectParams, connector, error });
    socket.prependOnceListener('error', failed);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      socket.removeListener('error', failed);
      publish('connected', { connectParams: { ...connectParams, version: 'h1' }, connector, socket });
      this.#sendHeaders(socket);
    });
  }

  #sendHeaders(socket) {
    const { method, path } = this.#request;
    const raw = [...this.#raw, ...this.#request.headers];
    let headers = `${method} ${path} HTTP/1.1\r\n`;
    for (let i = 0; i < raw.length; i += 2) headers += `${raw[i]}: ${raw[i + 1]}\r\n`;
    publish('sendHeaders', { request: this.#request, headers, socket });
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const chunk of waiting) this.#sent(chunk);
  }

  // A piece of the body went out, or with null all of it. It may have been handed over before there was a connection.
  sent(chunk) {
    if (this.#waiting !== null) this.#waiting.push(chunk);
    else this.#sent(chunk);
  }

  #sent(chunk) {
    if (chunk === null) publish('bodySent', { request: this.#request });
    else publish('chunkSent', { request: this.#request, chunk });
  }

  respond({ statusCode, statusMessage, rawHeaders }) {
    publish('headers', { request: this.#request, response: { statusCode, headers: toBuffers(rawHeaders), statusText: statusMessage } });
  }

  received(chunk) {
    publish('chunkReceived', { request: this.#request, chunk });
  }

  complete({ rawTrailers }) {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#request.completed = true;
    publish('trailers', { request: this.#request, trailers: toBuffers(rawTrailers) });
  }

  fail(error) {
    if (this.#isOver) return;
    this.#isOver = true;
    publish('error', { request: this.#request, error });
  }
}

const toBuffers = (texts) => texts.map((text) => Buffer.from(text, 'latin1'));

// An Observed, or null where nobody listens.
function observe(url, method, raw) {
  if (channels === null) {
    channels = { __proto__: null };
    for (const event of EVENTS) channels[event] = channel(NAMES[event]);
  }
  return EVENTS.some((event) => channels[event].hasSubscribers) ? new Observed(url, method, raw) : null;
}

module.exports = { observe };

'use strict';
// fetch(): from a request to its response, by the Fetch standard as far as it concerns a program that is no page: schemes, redirects, what headers go
// with a request, what ends it early.

const { addAbortListener } = require('internal/events/abort_listener');
const { URL } = require('url');
const { Body } = require('internal/fetch/body');
const { networkError, terminated } = require('internal/fetch/errors');
const { HeaderList } = require('internal/fetch/header_list');
const { Parts: RequestParts, Request, partsOf } = require('internal/fetch/request');
const { requestHeaders } = require('internal/fetch/request_headers');
const { Timing } = require('internal/fetch/timing');
const { NULL_BODY, Parts: ResponseParts, REDIRECTS, Response } = require('internal/fetch/response');

const MAX_REDIRECTS = 20;

// Ports of other protocols, to which no request of a peer's choosing shall go.
const BAD_PORTS = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119,
  123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990,
  993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
].map(String));

const ABOUT_BODY = ['content-encoding', 'content-language', 'content-length', 'content-location', 'content-type'];
const ABOUT_ORIGIN = ['authorization', 'cookie', 'host', 'proxy-authorization'];

// One call of fetch().
class Fetch {
  #request;
  #tainting = 'basic';
  #redirects = 0;
  #connection = null;
  #inflow = null;
  #listening = null;
  #aborted = null;
  // Until it was told; null for what is no HTTP.
  #timing;

  constructor(request) {
    this.#request = request;
    this.#timing = /^https?:$/.test(request.url.protocol) ? new Timing(request.url.href) : null;
  }

  // A promise of a Response.
  async run() {
    const { signal } = this.#request;
    if (signal !== null) {
      if (signal.aborted) this.#abort(signal.reason);
      else this.#listening = addAbortListener(signal, () => this.#abort(signal.reason));
    }
    try {
      this.#throwIfAborted();
      const parts = await this.#fetchScheme();
      this.#throwIfAborted();
      return new Response(parts);
    } catch (cause) {
      this.#settle();
      this.#connection?.destroy(cause);
      if (this.#aborted !== null) throw this.#aborted.reason;
      throw networkError(cause);
    }
  }

  #throwIfAborted() {
    if (this.#aborted !== null) throw this.#aborted.reason;
  }

  #abort(reason) {
    this.#aborted = { reason };
    if (this.#connection === null) this.#request.body?.cancel(reason);
    // What is read of the response fails with the reason itself.
    this.#inflow?.fail(reason);
    this.#connection?.destroy(reason);
  }

  // There is nothing left that could be aborted.
  #settle() {
    this.#listening?.[Symbol.dispose]();
    this.#listening = null;
    const timing = this.#timing;
    this.#timing = null;
    timing?.end();
  }

  #fetchScheme() {
    const { url } = this.#request;
    switch (url.protocol) {
      case 'http:':
      case 'https:':
        return this.#fetchHttp();
      case 'data:':
        return this.#fetchData();
      case 'blob:':
        return this.#fetchBlob();
      case 'about:':
        throw new Error('about scheme is not supported');
      case 'file:':
        throw new Error('not implemented... yet...');
      default:
        throw new Error('unknown scheme');
    }
  }

  async #fetchData() {
    const data = require('internal/fetch/data_url').readDataUrl(this.#request.url);
    if (data === null) throw new Error('failed to fetch the data URL');
    return this.#localResponse(200, 'OK', [['Content-Type', data.type]], Body.ofBytes(data.bytes));
  }

  async #fetchBlob() {
    const { url, method, headers: given } = this.#request;
    const { readBlobUrl } = require('internal/fetch/blob_url');
    const { status, statusText, headers, blob } = readBlobUrl(url.href, method, given.get('range'));
    return this.#localResponse(status, statusText, headers, Body.ofBlob(blob));
  }

  async #localResponse(status, statusText, headers, body) {
    this.#settle();
    const parts = this.#makeParts(status, statusText, new HeaderList());
    for (const [name, value] of headers) parts.headers.append(name, value);
    parts.body = this.#request.method === 'HEAD' ? null : await this.#checked(body);
    return parts;
  }

  #makeParts(status, statusText, headers) {
    const parts = new ResponseParts(this.#tainting, status);
    parts.statusText = statusText;
    parts.headers = headers;
    parts.immutable = true;
    parts.redirected = this.#redirects > 0;
    const { href, hash } = this.#request.url;
    parts.url = hash === '' ? href : href.slice(0, -hash.length);
    return parts;
  }

  // The same body, once it is known to be what the request says it has to be.
  async #checked(body) {
    const { integrity } = this.#request;
    if (integrity === '') return body;
    const { hasIntegrity, matches } = require('internal/fetch/integrity');
    if (!hasIntegrity(integrity)) return body;
    const bytes = await body.readAll(true);
    if (!matches(bytes, integrity)) throw new Error('integrity mismatch');
    return Body.ofBytes(bytes);
  }

  async #fetchHttp() {
    for (;;) {
      this.#timing.request();
      const message = await this.#exchange();
      this.#timing?.respond(message.statusCode);
      const location = REDIRECTS.has(message.statusCode) ? message.headers.location : undefined;
      if (this.#request.redirect === 'error' && REDIRECTS.has(message.statusCode)) {
        this.#connection.destroy();
        throw new Error('unexpected redirect');
      }
      if (message.statusCode === 407) throw new Error('proxy authentication required');
      if (location === undefined || this.#request.redirect === 'manual') return this.#respond(message);
      discard(message, this.#connection);
      this.#redirect(message.statusCode, location);
    }
  }

  #exchange() {
    const request = this.#request;
    if (BAD_PORTS.has(request.url.port)) throw new Error('bad port');
    const { Connection } = require('internal/fetch/connection');
    const headers = requestHeaders(request);
    this.#connection = new Connection(request.url, request.method, headers, request.body);
    return this.#connection.send();
  }

  #redirect(status, location) {
    const request = this.#request;
    const from = request.url;
    // As bytes, which are most likely UTF-8.
    const url = new URL(Buffer.from(location, 'latin1').toString(), from);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error('URL scheme must be a HTTP(S) scheme');
    if (this.#redirects === MAX_REDIRECTS) throw new Error('redirect count exceeded');
    this.#redirects++;
    const mayNameUser = request.mode !== 'cors' && this.#tainting !== 'cors';
    if (!mayNameUser && (url.username !== '' || url.password !== '')) throw new Error(`cross origin not allowed for request mode "${request.mode}"`);
    if (url.hash === '') url.hash = from.hash;
    if (status !== 303 && request.body !== null && !request.body.isRepeatable) {
      throw new Error('a body that was streamed cannot be sent again after a redirect');
    }
    const { method } = request;
    if ((status === 303 && method !== 'GET' && method !== 'HEAD') || ((status === 301 || status === 302) && method === 'POST')) {
      request.method = 'GET';
      request.body = null;
      for (const name of ABOUT_BODY) request.headers.delete(name);
    }
    request.headers.delete('host');
    if (url.origin !== from.origin) {
      if (request.mode === 'same-origin') throw new Error('request mode cannot be "same-origin"');
      this.#tainting = request.mode === 'no-cors' ? 'opaque' : 'cors';
      // What was meant for one server is not for another.
      for (const name of ABOUT_ORIGIN) request.headers.delete(name);
    }
    request.body = request.body?.repeat() ?? null;
    request.url = url;
  }

  async #respond(message) {
    const { statusCode: status, statusMessage } = message;
    const hasBody = this.#request.method !== 'HEAD' && !NULL_BODY.has(status);
    if (!hasBody || this.#tainting === 'opaque') {
      if (this.#request.integrity !== '') throw new Error('integrity mismatch: there are no bytes to check');
      this.#settle();
      discard(message, this.#connection);
      if (this.#tainting === 'opaque') return this.#makeParts(0, '', new HeaderList());
      return this.#makeParts(status, statusMessage, HeaderList.fromRaw(message.rawHeaders));
    }
    const parts = this.#makeParts(status, statusMessage, HeaderList.fromRaw(message.rawHeaders));
    parts.body = await this.#checked(this.#receive(message, parts.headers.get('content-encoding')));
    return parts;
  }

  #receive(message, encodings) {
    const { IncomingBody, Inflow } = require('internal/fetch/incoming_body');
    const connection = this.#connection;
    let source = message;
    connection.watch(message);
    if (encodings !== null) {
      source = require('internal/fetch/decode').decoded(message, encodings, (err) => inflow.fail(terminated(err)));
    }
    const inflow = new Inflow(source, connection, (size) => {
      this.#timing?.receive(size, size);
      this.#settle();
    });
    connection.inflow = inflow;
    this.#inflow = inflow;
    return Body.ofIncoming(new IncomingBody(inflow));
  }
}

// As much of a response that nobody will see is read to its end, so that the connection can be kept.
const WORTH_READING = 64 * 1024;

function discard(message, connection) {
  let length = 0;
  connection.watch(message);
  message.on('data', (chunk) => {
    length += chunk.byteLength;
    if (length > WORTH_READING) connection.destroy();
  });
}

async function fetch(input, init = undefined) {
  return new Fetch(new RequestParts(partsOf(new Request(input, init)))).run();
}

module.exports = { fetch };

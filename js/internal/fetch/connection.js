'use strict';
// One request and its response over http.request: agents, sending a body piece by piece, time limits. What the request says, and what is made of the
// response, is internal/fetch/fetch's.

const http = require('http');
const { clearTimeout, setTimeout } = require('timers');
const { kExact } = require('internal/http/client_request');
const { mayHaveProxy } = require('internal/http/proxy_use');
const { observe } = require('internal/fetch/diagnostics');
const { bodyTimeout, causeOf, connectTimeout, headersTimeout, lengthMismatch, socketError, terminated } = require('internal/fetch/errors');

// In milliseconds: Node's limits.
const CONNECT = 10_000;
const SILENCE = 300_000;
// How long a connection is kept for another fetch.
const KEPT = 4000;
const LIMITS = { kept: KEPT, connect: CONNECT };

// Requests that may be sent again, when a kept connection turns out to have been ended meanwhile.
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);
const ATTEMPTS = 4;

const agents = { __proto__: null };

const clientOf = (protocol) => (protocol === 'http:' ? http : require('https'));

class Connection {
  #url;
  #method;
  #headers;
  #body;
  #request = null;
  #response = null;
  #reader = null;
  #attempts = 0;
  // For whoever traces requests; mostly null.
  #observed = null;
  #isGivenUp = false;
  // Why a response broke off.
  #reason = null;
  #timer;
  // The Inflow of a response that somebody may read: told when it ends too early, and may stand still for its reader's sake. No functions are set
  // here for each request: V8 makes those that are assigned to a property long-lived, and all that they refer to with them.
  inflow = null;
  #outcome = Promise.withResolvers();

  // `headers` are names and values in turn.
  constructor(url, method, headers, body) {
    this.#url = url;
    this.#method = method;
    this.#headers = headers;
    this.#body = body;
  }

  // A promise of the http.IncomingMessage.
  send() {
    this.#observed = observe(this.#url, this.#method, this.#headers);
    if (this.#observed !== null) this.#headers = this.#observed.headers;
    this.#attempt();
    return this.#outcome.promise;
  }

  #attempt() {
    this.#attempts++;
    const { hostname, port, pathname, search, protocol } = this.#url;
    try {
      const client = clientOf(protocol);
      this.#request = client.request({
        [kExact]: true,
        agent: (agents[protocol] ??= new client.Agent({ keepAlive: true, timeout: KEPT })),
        hasBody: this.#body !== null,
        headers: this.#headers,
        host: hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
        method: this.#method,
        path: pathname + search,
        port: port || undefined,
        protocol,
        timeout: SILENCE,
        ...(mayHaveProxy() ? proxied(this.#url, this.#headers) : null),
      });
    } catch (err) {
      this.#body?.cancel(err);
      this.#observed?.fail(err);
      this.#outcome.reject(err);
      return;
    }
    // The size of the head is limit enough.
    this.#request.maxHeadersCount = 0;
    this.#request.on('socket', (socket) => {
      this.#observed?.attach(socket);
      this.#watchConnecting(socket);
    });
    this.#request.on('response', (response) => this.#respond(response));
    this.#request.on('timeout', () => this.#timeOut());
    this.#request.on('upgrade', (response, socket) => {
      socket.destroy();
      this.#fail(socketError('bad upgrade', socket));
    });
    this.#request.on('error', (err) => this.#fail(err));
    this.#sendBody();
  }

  #watchConnecting(socket) {
    if (!socket.connecting) return;
    const { hostname, port, protocol } = this.#url;
    this.#timer = setTimeout(() => this.#request.destroy(connectTimeout(hostname, port || this.#request.agent.defaultPort, CONNECT)), CONNECT);
    const event = protocol === 'https:' ? 'secureConnect' : 'connect';
    const stop = () => {
      clearTimeout(this.#timer);
      socket.removeListener(event, stop);
      socket.removeListener('close', stop);
    };
    socket.on(event, stop);
    socket.on('close', stop);
  }

  #respond(response) {
    // Others of these never end a request, and no protocol but this one was asked for.
    if (response.statusCode < 200) {
      this.#request.destroy(socketError('bad response', response.socket));
      return;
    }
    this.#response = response;
    this.#observed?.respond(response);
    response.on('error', (err) => this.#break(err));
    response.on('end', () => this.#complete());
    this.#outcome.resolve(response);
  }

  // What is read of the response is told to whoever traces it.
  watch(response) {
    if (this.#observed !== null) response.on('data', (chunk) => this.#observed.received(chunk));
  }

  // A peer that has answered does not want the rest of the body, and the connection is of no more use.
  #complete() {
    this.#observed?.complete(this.#response);
    if (this.#reader === null) return;
    this.#stopReading(new Error('the response was complete before the request'));
    this.#request.socket?.destroy();
  }

  #timeOut() {
    if (this.#response === null) this.#request.destroy(headersTimeout());
    else if (!this.inflow?.isPaused) this.destroy(bodyTimeout());
  }

  #fail(err) {
    clearTimeout(this.#timer);
    if (this.#response !== null) {
      this.#break(err);
    } else if (this.#mayRepeat(err)) {
      this.#observed?.repeat();
      this.#attempt();
    } else {
      this.#stopReading(err);
      const cause = causeOf(err, this.#request.socket);
      this.#observed?.fail(cause);
      this.#outcome.reject(cause);
    }
  }

  #mayRepeat(err) {
    return !this.#isGivenUp && this.#request.reusedSocket && this.#attempts < ATTEMPTS && (err.code === 'ECONNRESET' || err.code === 'EPIPE')
      && IDEMPOTENT.has(this.#method) && (this.#body === null || this.#body.isRepeatable);
  }

  #break(err) {
    this.#stopReading(err);
    if (this.#response.complete) return;
    // The first is the reason of those that follow: it may come together with the response's head, before anybody reads.
    err = this.#reason ??= err;
    const { inflow } = this;
    this.inflow = null;
    const cause = causeOf(err, this.#request.socket);
    this.#observed?.fail(cause);
    inflow?.fail(terminated(cause));
  }

  #stopReading(reason) {
    const reader = this.#reader;
    this.#reader = null;
    reader?.cancel(reason);
  }

  #sendBody() {
    const request = this.#request;
    if (this.#body === null) {
      request.end();
      this.#observed?.sent(null);
      return;
    }
    const body = this.#attempts > 1 ? this.#body.repeat() : this.#body;
    const bytes = body.takeBytes();
    if (bytes !== null) {
      if (bytes.byteLength === 0) request.end();
      else if (request._contentLength === bytes.byteLength) request.end(bytes);
      else request.destroy(lengthMismatch());
      this.#observed?.sent(bytes);
      this.#observed?.sent(null);
      return;
    }
    this.#reader = body.reader();
    request.flushHeaders();
    this.#pump(request, this.#reader).catch((err) => {
      this.#reader = null;
      this.destroy(err?.code === 'ERR_HTTP_CONTENT_LENGTH_MISMATCH' ? lengthMismatch() : err);
    });
  }

  async #pump(request, reader) {
    request.strictContentLength = true;
    for (;;) {
      const chunk = await reader.read();
      if (this.#reader !== reader) return;
      if (chunk === undefined) break;
      try {
        const isTaken = request.write(chunk);
        this.#observed?.sent(chunk);
        if (!isTaken) await drained(request);
      } catch (err) {
        reader.cancel(err);
        throw err;
      }
      if (this.#reader !== reader) return;
    }
    this.#reader = null;
    request.end();
    this.#observed?.sent(null);
  }

  // Gives up: nothing more is sent or received.
  destroy(reason) {
    this.#isGivenUp = true;
    clearTimeout(this.#timer);
    this.#stopReading(reason);
    const error = reason instanceof Error ? reason : undefined;
    if (this.#response !== null) {
      this.#break(reason);
      this.#response.destroy();
    } else {
      this.#observed?.fail(reason);
      this.#outcome.reject(reason);
    }
    this.#request?.destroy(error);
  }
}

// Loaded for those who have one.
function proxied(url, headers) {
  return require('internal/fetch/proxy').proxyFor(url, LIMITS)?.optionsFor(url, headers);
}

// When there is room again, or never will be.
function drained(request) {
  return new Promise((resolve) => {
    const done = () => {
      request.removeListener('drain', done);
      request.removeListener('close', done);
      resolve();
    };
    request.on('drain', done);
    request.on('close', done);
  });
}

module.exports = { Connection };

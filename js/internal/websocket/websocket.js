'use strict';
// The class WebSocket as the web has it: arguments, states and events. Bytes are connection.js's.

const { Blob, Buffer } = require('buffer');
const { DOMException } = require('internal/domexception');
const { Event, EventTarget, defineEventHandler } = require('internal/event_target');
const { MessageEvent } = require('internal/message_channel');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { Headers } = require('internal/fetch/headers');
const { defineInterface, isObject, requireArguments, toText, toUSVString } = require('internal/fetch/webidl');
const { Connection } = require('internal/websocket/connection');
const { CloseEvent, ErrorEvent } = require('internal/websocket/events');

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

// RFC 7230's token.
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const MAX_REASON = 123;

function parseUrl(text) {
  let url;
  try {
    url = new URL(text);
  } catch (err) {
    throw new DOMException(`${err}`, 'SyntaxError');
  }
  if (url.protocol === 'http:') url.protocol = 'ws:';
  else if (url.protocol === 'https:') url.protocol = 'wss:';
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') throw new DOMException('expected a ws: or wss: url', 'SyntaxError');
  if (url.hash !== '' || url.href.endsWith('#')) throw new DOMException('hash', 'SyntaxError');
  return url;
}

// [protocols, headers] of the second argument: a protocol, a list of them, or Node's dictionary.
function parseOptions(value) {
  let headers = [];
  if (isObject(value) && !(Symbol.iterator in value)) {
    if (value.headers !== undefined) headers = [...new Headers(value.headers)].flat();
    if (value.dispatcher !== undefined) throw new TypeError('WebSocket constructor: there are no dispatchers here');
    value = value.protocols ?? [];
  }
  const list = isObject(value) ? [...value] : [value];
  const protocols = list.map((one) => toText(one, 'WebSocket constructor', 'protocols', 'DOMString'));
  const distinct = new Set(protocols.map((one) => one.toLowerCase()));
  if (distinct.size !== protocols.length || !protocols.every((one) => TOKEN.test(one))) {
    throw new DOMException('Invalid Sec-WebSocket-Protocol value', 'SyntaxError');
  }
  return [protocols, headers];
}

class WebSocket extends EventTarget {
  #url;
  #connection;
  #readyState = CONNECTING;
  #protocol = '';
  #binaryType = 'blob';
  #bufferedAmount = 0;
  // While the bytes of a Blob are fetched, what is sent after it waits.
  #sending = null;

  constructor(url, protocols = []) {
    super();
    requireArguments(arguments.length, 1, 'WebSocket constructor');
    const [names, headers] = parseOptions(protocols);
    this.#url = parseUrl(toUSVString(url));
    this.#connection = new Connection(this.#url, names, headers, {
      onOpen: (protocol) => {
        this.#readyState = OPEN;
        this.#protocol = protocol;
        this.dispatchEvent(new Event('open'));
      },
      onText: (text) => this.#message(text),
      onBinary: (bytes) => this.#message(this.#binaryType === 'blob' ? new Blob([bytes]) : new Uint8Array(bytes).buffer),
      onClosing: () => { this.#readyState = CLOSING; },
      onWritten: (count) => { this.#bufferedAmount -= count; },
      onFailed: (cause) => this.#failed(cause),
      onClosed: (code, reason, wasClean) => {
        this.#readyState = CLOSED;
        this.dispatchEvent(new CloseEvent('close', { wasClean, code, reason }));
      },
    });
  }

  #message(data) {
    if (this.#readyState !== OPEN) return;
    this.dispatchEvent(new MessageEvent('message', { data, origin: this.#url.origin }));
  }

  #failed(cause) {
    if (this.#readyState !== CLOSED) this.#readyState = CLOSING;
    const error = new TypeError(cause.message, { cause });
    this.dispatchEvent(new ErrorEvent('error', { error, message: cause.message }));
  }

  close(code = undefined, reason = undefined) {
    if (code !== undefined) {
      // An unsigned short that is held to its range.
      code = Math.min(Math.max(Math.round(Number(code)) || 0, 0), 65535);
      if (code !== 1000 && (code < 3000 || code > 4999)) throw new DOMException('invalid code', 'InvalidAccessError');
    }
    if (reason !== undefined) {
      reason = toUSVString(reason);
      const length = Buffer.byteLength(reason);
      if (length > MAX_REASON) throw new DOMException(`Reason must be less than 123 bytes; received ${length}`, 'SyntaxError');
    }
    if (this.#readyState >= CLOSING) return;
    const waiting = this.#readyState === OPEN ? this.#sending : null;
    this.#readyState = CLOSING;
    if (reason !== undefined) code ??= 1000;
    if (waiting === null) this.#connection.close(code, reason);
    else waiting.then(() => this.#connection.close(code, reason));
  }

  send(data) {
    requireArguments(arguments.length, 1, 'WebSocket.send');
    if (!(data instanceof Blob) && !isAnyArrayBuffer(data) && !isArrayBufferView(data)) data = toUSVString(data);
    if (this.#readyState === CONNECTING) throw new DOMException('Sent before connected.', 'InvalidStateError');
    if (this.#readyState !== OPEN) return;
    if (data instanceof Blob) {
      this.#bufferedAmount += data.size;
      this.#after(data.arrayBuffer());
      return;
    }
    const isText = typeof data === 'string';
    let bytes;
    if (isText) bytes = Buffer.from(data);
    else if (isAnyArrayBuffer(data)) bytes = new Uint8Array(data);
    else bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#bufferedAmount += bytes.length;
    if (this.#sending === null) this.#connection.send(bytes, isText);
    // It may be changed before its turn comes.
    else this.#after(isText ? bytes : bytes.slice(), isText);
  }

  // Sends what is there, or will be, behind what waits already.
  #after(bytes, isText = false) {
    const turn = Promise.all([this.#sending, bytes]).then(([, made]) => {
      this.#connection.send(isAnyArrayBuffer(made) ? new Uint8Array(made) : made, isText);
      if (this.#sending === turn) this.#sending = null;
    });
    this.#sending = turn;
  }

  get readyState() {
    return this.#readyState;
  }

  get bufferedAmount() {
    return this.#bufferedAmount;
  }

  get url() {
    return this.#url.href;
  }

  get extensions() {
    // None is offered.
    return this.#url && '';
  }

  get protocol() {
    return this.#protocol;
  }

  get binaryType() {
    return this.#binaryType;
  }

  set binaryType(type) {
    this.#binaryType = type === 'arraybuffer' ? 'arraybuffer' : 'blob';
  }

  static {
    defineInterface(this);
    // Node's own, which for-in does not show.
    Object.defineProperty(this.prototype, Symbol.for('nodejs.ref'), {
      __proto__: null, configurable: true, writable: true, value() { this.#connection.ref(); },
    });
    Object.defineProperty(this.prototype, Symbol.for('nodejs.unref'), {
      __proto__: null, configurable: true, writable: true, value() { this.#connection.unref(); },
    });
  }
}
for (const event of ['open', 'error', 'close', 'message']) defineEventHandler(WebSocket.prototype, event);
for (const [name, value] of Object.entries({ CONNECTING, OPEN, CLOSING, CLOSED })) {
  for (const object of [WebSocket, WebSocket.prototype]) Object.defineProperty(object, name, { __proto__: null, enumerable: true, value });
}

module.exports = { WebSocket };

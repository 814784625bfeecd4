'use strict';
// The exchanges that JavaScript knows (ext_net/src/http/exchange_table.rs): an object for each, and who hears what becomes of it. An exchange that
// was let go of frees what Rust had of it; of its head a text is left, so that a request can be read later.

const kReleased = 2 ** 32 - 1;

let table = null;
const known = [];

function setTable(made) {
  table = made;
}

class Exchange {
  #id;
  #head;
  #connection;

  // `owner` has the methods that the callbacks call.
  constructor(id, owner) {
    this.#id = id;
    this.#head = undefined;
    this.#connection = -1;
    this.owner = owner;
    known[id] = this;
  }

  // What came.

  get method() {
    return this.#id !== kReleased ? table.method(this.#id) : this.#startLine(/^(\S+)/);
  }

  // A request's target, a response's reason phrase.
  get text() {
    return this.#id !== kReleased ? table.text(this.#id) : this.#startLine(/^\S+ (\S+)/);
  }

  // Ten times the major and the minor number.
  get version() {
    if (this.#id !== kReleased) return table.version(this.#id);
    return Number(this.#startLine(/HTTP\/(\d\.\d)(?: |\r)/)) * 10;
  }

  rawHeaders(limit) {
    if (this.#id !== kReleased) return table.rawHeaders(this.#id, limit) ?? [];
    return this.#head === undefined ? [] : ops.op_net_http_fields(this.#head, limit);
  }

  // The object `headers`, where its names have come together before and need no joining; else undefined.
  headers(limit) {
    return this.#id !== kReleased ? table.headers(this.#id, limit) : undefined;
  }

  rawTrailers() {
    if (this.#id !== kReleased) return table.rawTrailers(this.#id) ?? [];
    if (this.#head === undefined) return [];
    // From the empty line on, which stands where a head has its first line.
    return ops.op_net_http_fields(this.#head.slice(this.#head.indexOf('\r\n\r\n') + 2), kReleased);
  }

  #startLine(pattern) {
    return pattern.exec(this.#head)?.[1];
  }

  readStart() {
    table.readStart(this.#id);
  }

  readStop() {
    table.readStop(this.#id);
  }

  dump() {
    table.dump(this.#id);
  }

  // What goes out.

  respondText(head, flags, body) {
    return table.respondText(this.#id, head, flags, body);
  }

  respondBuffer(head, flags, body) {
    return table.respondBuffer(this.#id, head, flags, body);
  }

  start(head, flags, length) {
    return table.start(this.#id, head, flags, length);
  }

  writeText(text) {
    return table.writeText(this.#id, text);
  }

  writeBuffer(bytes) {
    return table.writeBuffer(this.#id, bytes);
  }

  writeShared(bytes) {
    return table.writeShared(this.#id, bytes);
  }

  writeInterim(text) {
    table.writeInterim(this.#id, text);
  }

  notify() {
    table.notify(this.#id);
  }

  end(trailers) {
    table.end(this.#id, trailers);
  }

  // The connection.

  // How many requests it has had, this one included.
  get number() {
    return table.number(this.#id);
  }

  // Its number at its server, also when the exchange is over.
  get connection() {
    return this.#id !== kReleased ? table.connection(this.#id) : this.#connection;
  }

  getSocket() {
    return table.getSocket(this.#id);
  }

  makeHandle() {
    return table.makeHandle(this.#id);
  }

  goOn() {
    table.goOn(this.#id);
  }

  takeOver() {
    return table.takeOver(this.#id);
  }

  refuse(text) {
    table.refuse(this.#id, text);
  }

  abort() {
    table.abort(this.#id);
  }

  get released() {
    return this.#id === kReleased;
  }

  // Nothing is told of it any more, and nothing can be sent.
  release() {
    const id = this.#id;
    if (id === kReleased) return;
    this.#connection = table.connection(id);
    this.#head = table.release(id);
    this.#id = kReleased;
    this.owner = null;
    known[id] = undefined;
  }
}

// Undefined for one that was let go of.
function exchangeOf(id) {
  return known[id];
}

module.exports = { Exchange, exchangeOf, setTable };

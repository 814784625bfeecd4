'use strict';
// A list of header fields: names without regard to case, in the order and spelling of their first appearance. Who may change it is
// internal/fetch/headers'.

const { isToken } = require('internal/http/validate');

const BLANKS_AROUND = /^[\t\n\r ]+|[\t\n\r ]+$/g;
const BAD_IN_VALUE = /[\0\n\r]/;

function normalizeValue(value) {
  return value.replace(BLANKS_AROUND, '');
}

const isValue = (value) => !BAD_IN_VALUE.test(value);

class HeaderList {
  // Lower-case name -> { name, value }. A cookie's own values stay apart, in `cookies`.
  #fields = new Map();
  #cookies = [];
  #sorted = null;

  // Of names and values in turn, as they came from a peer. Their spelling is not kept.
  static fromRaw(raw) {
    const list = new HeaderList();
    for (let i = 0; i < raw.length; i += 2) list.append(raw[i].toLowerCase(), raw[i + 1]);
    return list;
  }

  copy() {
    const list = new HeaderList();
    for (const [key, { name, value }] of this.#fields) list.#fields.set(key, { name, value });
    list.#cookies = this.#cookies.slice();
    return list;
  }

  get size() {
    return this.#fields.size;
  }

  get cookies() {
    return this.#cookies.slice();
  }

  has(name) {
    return this.#fields.has(name.toLowerCase());
  }

  get(name) {
    return this.#fields.get(name.toLowerCase())?.value ?? null;
  }

  append(name, value) {
    this.#sorted = null;
    const key = name.toLowerCase();
    const field = this.#fields.get(key);
    if (field === undefined) this.#fields.set(key, { name, value });
    else field.value += `${key === 'cookie' ? '; ' : ', '}${value}`;
    if (key === 'set-cookie') this.#cookies.push(value);
  }

  set(name, value) {
    this.#sorted = null;
    const key = name.toLowerCase();
    const field = this.#fields.get(key);
    if (field === undefined) this.#fields.set(key, { name, value });
    else field.value = value;
    if (key === 'set-cookie') this.#cookies = [value];
  }

  delete(name) {
    const key = name.toLowerCase();
    if (!this.#fields.delete(key)) return;
    this.#sorted = null;
    if (key === 'set-cookie') this.#cookies = [];
  }

  // Pairs as a program iterates them: lower-case names in their order, a pair for each cookie.
  get sorted() {
    if (this.#sorted !== null) return this.#sorted;
    const pairs = [];
    for (const key of [...this.#fields.keys()].sort()) {
      if (key === 'set-cookie') for (const cookie of this.#cookies) pairs.push([key, cookie]);
      else pairs.push([key, this.#fields.get(key).value]);
    }
    return this.#sorted = pairs;
  }

  // Pairs as they were set.
  * [Symbol.iterator]() {
    for (const [key, { name, value }] of this.#fields) {
      if (key === 'set-cookie') for (const cookie of this.#cookies) yield [name, cookie];
      else yield [name, value];
    }
  }

  // An object of them, for inspection.
  toObject() {
    const shown = {};
    for (const { name, value } of this.#fields.values()) shown[name] = value;
    return shown;
  }
}

module.exports = { HeaderList, isToken, isValue, normalizeValue };

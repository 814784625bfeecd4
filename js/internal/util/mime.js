'use strict';
// MIMEType and MIMEParams: parsing and writing media types as the WHATWG's MIME sniffing standard has it.

const { codes: { ERR_INVALID_MIME_SYNTAX } } = require('internal/errors');

const NOT_TOKEN = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/;
const NOT_QUOTED_TEXT = /[^\t\u0020-\u007e\u0080-\u00ff]/;
const LEADING_BLANKS = /^[\r\n\t ]*/;
const TRAILING_BLANKS = /[\r\n\t ]*$/;

function lowerAscii(text) {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function checkToken(text, what) {
  const at = text.search(NOT_TOKEN);
  if (text === '' || at !== -1) throw new ERR_INVALID_MIME_SYNTAX(what, text, at);
}

// The value of a quoted string that starts after its quote at `at`, and the position after it.
function readQuoted(text, at) {
  let value = '';
  let i = at;
  for (; i < text.length && text[i] !== '"'; i++) {
    // A backslash at the very end stands for itself.
    if (text[i] === '\\' && i + 1 < text.length) i++;
    value += text[i];
  }
  return [value, i + 1];
}

class MIMEParams {
  #entries = new Map();
  // Where these belong to a type that was parsed, its text from here on; read when a parameter is asked for.
  #unparsed = undefined;

  // For MIMEType only, which has checked the part before.
  static _parseLazily(text) {
    const params = new MIMEParams();
    params.#unparsed = text;
    return params;
  }

  delete(name) {
    this.#parsed().delete(`${name}`);
  }

  get(name) {
    return this.#parsed().get(`${name}`) ?? null;
  }

  has(name) {
    return this.#parsed().has(`${name}`);
  }

  set(name, value) {
    const entries = this.#parsed();
    name = `${name}`;
    value = `${value}`;
    checkToken(name, 'parameter name');
    const at = value.search(NOT_QUOTED_TEXT);
    if (at !== -1) throw new ERR_INVALID_MIME_SYNTAX('parameter value', value, at);
    entries.set(name, value);
  }

  * entries() {
    yield* this.#parsed().entries();
  }

  * keys() {
    yield* this.#parsed().keys();
  }

  * values() {
    yield* this.#parsed().values();
  }

  toString() {
    let text = '';
    for (const { 0: name, 1: value } of this.#parsed()) {
      const isToken = value !== '' && !NOT_TOKEN.test(value);
      text += `${text === '' ? '' : ';'}${name}=${isToken ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`;
    }
    return text;
  }

  #parsed() {
    if (this.#unparsed === undefined) return this.#entries;
    const text = this.#unparsed;
    this.#unparsed = undefined;
    let at = 0;
    while (at < text.length) at = this.#parseOne(text, at);
    return this.#entries;
  }

  // One parameter; what is malformed is skipped, and of two with a name the first counts.
  #parseOne(text, at) {
    at += LEADING_BLANKS.exec(text.slice(at))[0].length;
    let end = at;
    while (end < text.length && text[end] !== ';' && text[end] !== '=') end++;
    const name = lowerAscii(text.slice(at, end));
    if (end >= text.length || text[end] === ';') return end + 1;
    let value;
    at = end + 1;
    if (text[at] === '"') {
      [value, at] = readQuoted(text, at + 1);
      const semicolon = text.indexOf(';', at);
      end = semicolon === -1 ? text.length : semicolon;
    } else {
      const semicolon = text.indexOf(';', at);
      end = semicolon === -1 ? text.length : semicolon;
      value = text.slice(at, end).replace(TRAILING_BLANKS, '');
      if (value === '') return end + 1;
    }
    if (name !== '' && !NOT_TOKEN.test(name) && !NOT_QUOTED_TEXT.test(value) && !this.#entries.has(name)) {
      this.#entries.set(name, value);
    }
    return end + 1;
  }
}
Object.defineProperties(MIMEParams.prototype, {
  [Symbol.iterator]: {
    __proto__: null, configurable: true, enumerable: false, writable: true, value: MIMEParams.prototype.entries,
  },
  toJSON: {
    __proto__: null, configurable: true, enumerable: false, writable: true, value: MIMEParams.prototype.toString,
  },
});
const { _parseLazily: parseLazily } = MIMEParams;
delete MIMEParams._parseLazily;

class MIMEType {
  #type;
  #subtype;
  #parameters;

  constructor(input) {
    const text = `${input}`;
    const start = LEADING_BLANKS.exec(text)[0].length;
    const slash = text.indexOf('/', start);
    const type = text.slice(start, slash === -1 ? undefined : slash);
    const at = type.search(NOT_TOKEN);
    if (type === '' || slash === -1 || at !== -1) {
      throw new ERR_INVALID_MIME_SYNTAX('type', text, at === -1 ? at : start + at);
    }
    const semicolon = text.indexOf(';', slash + 1);
    const end = semicolon === -1 ? text.length : semicolon;
    const subtype = text.slice(slash + 1, end).replace(TRAILING_BLANKS, '');
    const subtypeAt = subtype.search(NOT_TOKEN);
    if (subtype === '' || subtypeAt !== -1) {
      throw new ERR_INVALID_MIME_SYNTAX('subtype', text, subtypeAt === -1 ? -1 : slash + 1 + subtypeAt);
    }
    this.#type = lowerAscii(type);
    this.#subtype = lowerAscii(subtype);
    this.#parameters = parseLazily(text.slice(end + 1));
  }

  get type() {
    return this.#type;
  }

  set type(value) {
    value = `${value}`;
    checkToken(value, 'type');
    this.#type = lowerAscii(value);
  }

  get subtype() {
    return this.#subtype;
  }

  set subtype(value) {
    value = `${value}`;
    checkToken(value, 'subtype');
    this.#subtype = lowerAscii(value);
  }

  get essence() {
    return `${this.#type}/${this.#subtype}`;
  }

  get params() {
    return this.#parameters;
  }

  toString() {
    const parameters = this.#parameters.toString();
    return parameters === '' ? this.essence : `${this.essence};${parameters}`;
  }
}
Object.defineProperty(MIMEType.prototype, 'toJSON', {
  __proto__: null, configurable: true, enumerable: false, writable: true, value: MIMEType.prototype.toString,
});

module.exports = { MIMEParams, MIMEType };

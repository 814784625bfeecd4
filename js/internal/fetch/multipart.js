'use strict';
// multipart/form-data: a FormData as a blob, and bytes as a FormData's entries.

const { Buffer } = require('buffer');
const { Blob, File, isBlob } = require('internal/blob');

const CRLF = '\r\n';

// Writing.

const toNewlines = (text) => text.replace(/\r\n?|\n/g, CRLF);
const ESCAPES = { '\n': '%0A', '\r': '%0D', '"': '%22' };
const quote = (text) => `"${text.replace(/[\n\r"]/g, (char) => ESCAPES[char])}"`;

// The blob and its media type. Files are not read here, and the length is known all the same.
function encodeForm(entries) {
  const boundary = `----formdata-${ops.op_os_random_uuid()}`;
  const parts = [];
  for (const [name, value] of entries) {
    let head = `--${boundary}\r\nContent-Disposition: form-data; name=${quote(toNewlines(name))}`;
    if (isBlob(value)) {
      head += `; filename=${quote(value.name)}\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`;
      parts.push(head, value, CRLF);
    } else {
      parts.push(`${head}\r\n\r\n${toNewlines(value)}\r\n`);
    }
  }
  parts.push(`--${boundary}--\r\n`);
  return { blob: new Blob(parts), type: `multipart/form-data; boundary=${boundary}` };
}

// Reading.

const FIELD_NAME = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
// Quoted, a value goes to the next quote: a backslash is a character like any other.
const PARAMETER = /;[ \t]*([^\s=;"]+)=(?:"([^"]*)"|(?!")([^\s;"]*))[ \t]*/gy;

class Parser {
  #bytes;
  #delimiter;
  #at = 0;

  constructor(bytes, boundary) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#delimiter = Buffer.from(`--${boundary}`, 'latin1');
  }

  // Pairs of a name and a string or File.
  parse() {
    const entries = [];
    this.#skipPreamble();
    while (!this.#isClosed()) {
      if (!this.#takes(CRLF)) throw new TypeError('expected CRLF');
      const head = this.#readHead();
      entries.push(toEntry(head, this.#readBody()));
    }
    return entries;
  }

  // What stands before the first delimiter means nothing.
  #skipPreamble() {
    const at = this.#bytes.indexOf(this.#delimiter);
    if (at === -1) throw new TypeError('no boundary found in multipart body');
    this.#at = at + this.#delimiter.length;
  }

  #takes(text) {
    for (let i = 0; i < text.length; i++) if (this.#bytes[this.#at + i] !== text.charCodeAt(i)) return false;
    this.#at += text.length;
    return true;
  }

  // Two dashes behind the delimiter end it all. Blanks may stand behind it otherwise.
  #isClosed() {
    if (this.#takes('--')) return true;
    while (this.#bytes[this.#at] === 32 || this.#bytes[this.#at] === 9) this.#at++;
    return false;
  }

  #readHead() {
    const head = { name: null, filename: undefined, type: undefined, encoding: undefined };
    while (!this.#takes(CRLF)) {
      const end = this.#bytes.indexOf(CRLF, this.#at, 'latin1');
      // UTF-8, which the names may be in; nothing else of it matters.
      const line = this.#bytes.toString('utf8', this.#at, end === -1 ? this.#bytes.length : end);
      const colon = line.indexOf(':');
      const name = (colon === -1 ? line : line.slice(0, colon)).trim();
      if (!FIELD_NAME.test(name)) throw new TypeError('header name does not match the field-name token production');
      if (colon === -1) throw new TypeError('expected :');
      if (end === -1) throw new TypeError('expected CRLF');
      readField(head, name.toLowerCase(), line.slice(colon + 1).trim());
      this.#at = end + 2;
    }
    if (head.name === null) throw new TypeError('header name is null');
    return head;
  }

  #readBody() {
    let end = this.#at - 2;
    do {
      end = this.#bytes.indexOf(this.#delimiter, end + 1);
      if (end === -1) throw new TypeError('expected boundary after body');
    } while (this.#bytes[end - 2] !== 13 || this.#bytes[end - 1] !== 10);
    // A body may be empty without a line of its own.
    const body = this.#bytes.subarray(this.#at, Math.max(end - 2, this.#at));
    this.#at = end + this.#delimiter.length;
    return body;
  }
}

function readField(head, name, value) {
  if (name === 'content-disposition') readDisposition(head, value);
  else if (name === 'content-type') head.type = value;
  else if (name === 'content-transfer-encoding') head.encoding = value.toLowerCase();
}

const unescape = (text) => text.replace(/%0[aA]/g, '\n').replace(/%0[dD]/g, '\r').replace(/%22/g, '"');

function readDisposition(head, value) {
  const kind = /^form-data[ \t]*/i.exec(value);
  if (kind === null) throw new TypeError('expected form-data for content-disposition header');
  let at = kind[0].length;
  let exactName;
  PARAMETER.lastIndex = at;
  for (let match = PARAMETER.exec(value); match !== null; match = PARAMETER.exec(value)) {
    at = PARAMETER.lastIndex;
    const key = match[1].toLowerCase();
    const text = match[2] ?? match[3];
    if (key === 'name') head.name = unescape(text);
    else if (key === 'filename') head.filename = unescape(text);
    else if (key === 'name*') head.name = extended(text);
    else if (key === 'filename*') exactName = extended(text);
  }
  // A name that ends where it should not is none.
  if (value.includes('"', at)) throw new TypeError('Closing quote not found');
  head.filename = exactName ?? head.filename;
  if (head.name === null) throw new TypeError('name attribute is required in content-disposition header');
}

// A value that says its charset: utf-8'en'%E2%82%AC.
function extended(text) {
  const match = /^utf-8'[^']*'(.*)$/i.exec(text);
  if (match === null) throw new TypeError("unknown encoding, expected utf-8''");
  return decodeURIComponent(match[1]);
}

function toEntry({ name, filename, type, encoding }, body) {
  if (encoding === 'base64') body = Buffer.from(body.toString('latin1'), 'base64');
  if (filename === undefined) return [name.toWellFormed(), body.toString('utf8')];
  return [name.toWellFormed(), new File([body], filename, { type: type ?? 'text/plain' })];
}

function decodeForm(bytes, boundary) {
  return new Parser(bytes, boundary).parse();
}

module.exports = { decodeForm, encodeForm };

'use strict';

// module.SourceMap: what a source map (version 3) says of a place in generated
// code. Where maps come from is in source_map/support.

const { validateObject } = require('internal/validators');

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Int8Array(128).fill(-1);
for (let i = 0; i < DIGITS.length; i++) values[DIGITS.charCodeAt(i)] = i;

const COMMA = 44;
const SEMICOLON = 59;

// Reads the numbers of a "mappings" string.
class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  // Five bits a digit, the lowest first; the sixth says that more follow, the first of all is the sign.
  next() {
    let value = 0;
    let shift = 0;
    let digit;
    do {
      digit = values[this.text.charCodeAt(this.at++)] ?? -1;
      if (digit === -1) return 0;
      value += (digit & 31) << shift;
      shift += 5;
    } while (digit & 32);
    const magnitude = value >>> 1;
    return value & 1 ? -magnitude || -2_147_483_648 : magnitude;
  }

  // Whether the segment has another field.
  more() {
    const code = this.text.charCodeAt(this.at);
    return this.at < this.text.length && code !== COMMA && code !== SEMICOLON;
  }
}

class SourceMap {
  #payload;
  #lineLengths;
  // In the order of the generated code: [line, column, source, originalLine, originalColumn, name].
  #mappings = [];

  constructor(payload, { lineLengths } = {}) {
    validateObject(payload, 'payload');
    this.#payload = structuredCopy(payload);
    this.#lineLengths = Array.isArray(lineLengths) ? lineLengths.slice() : undefined;
    if (Array.isArray(payload.sections)) {
      for (const { map, offset } of payload.sections) this.#parse(map, offset.line, offset.column);
    } else {
      this.#parse(payload, 0, 0);
    }
    this.#mappings.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  }

  get payload() {
    return structuredCopy(this.#payload);
  }

  get lineLengths() {
    return this.#lineLengths?.slice();
  }

  #parse({ mappings, names = [], sourceRoot, sources = [] }, firstLine, firstColumn) {
    if (typeof mappings !== 'string') return;
    const root = sourceRoot ? `${sourceRoot.replace(/\/$/, '')}/` : '';
    const reader = new Reader(mappings);
    let line = firstLine;
    let column = firstColumn;
    let source = 0;
    let originalLine = 0;
    let originalColumn = 0;
    let name = 0;
    while (reader.at < mappings.length) {
      const code = mappings.charCodeAt(reader.at);
      if (code === SEMICOLON) {
        line++;
        column = 0;
        reader.at++;
        continue;
      }
      if (code === COMMA) {
        reader.at++;
        continue;
      }
      column += reader.next();
      if (!reader.more()) {
        this.#mappings.push([line, column]);
        continue;
      }
      source += reader.next();
      originalLine += reader.next();
      originalColumn += reader.next();
      let named;
      if (reader.more()) {
        name += reader.next();
        named = names[name];
      }
      this.#mappings.push([line, column, root + sources[source], originalLine, originalColumn, named]);
    }
  }

  // The mapping at a place of the generated code or the last before it; offsets count from 0.
  findEntry(lineOffset, columnOffset) {
    const mappings = this.#mappings;
    let low = 0;
    let high = mappings.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const [line, column] = mappings[middle];
      if (line < lineOffset || (line === lineOffset && column <= columnOffset)) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return {};
    const [generatedLine, generatedColumn, originalSource, originalLine, originalColumn, name] = mappings[low - 1];
    return { generatedLine, generatedColumn, originalSource, originalLine, originalColumn, name };
  }

  // The place in the source; numbers count from 1, as in a stack.
  findOrigin(lineNumber, columnNumber) {
    const entry = this.findEntry(lineNumber - 1, columnNumber - 1);
    if (entry.originalSource === undefined || entry.originalLine === undefined || entry.originalColumn === undefined ||
        entry.generatedLine === undefined || entry.generatedColumn === undefined) {
      return {};
    }
    return {
      name: entry.name,
      fileName: entry.originalSource,
      lineNumber: entry.originalLine + lineNumber - entry.generatedLine,
      columnNumber: entry.originalColumn + columnNumber - entry.generatedColumn,
    };
  }
}

// A map is plain data; nobody may change it from outside.
function structuredCopy(value) {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(structuredCopy);
  const copy = {};
  for (const key of Object.keys(value)) copy[key] = structuredCopy(value[key]);
  return copy;
}

module.exports = { SourceMap };

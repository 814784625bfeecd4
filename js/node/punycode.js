'use strict';
// punycode: RFC 3492 and the deprecated public module on top of it. Domain
// names of URLs do not come through here: the URL parser maps them itself.

// Loading the module is what is deprecated, except for what a program depends on.
if (globalThis.process !== undefined && !ops.op_os_buffer_caller_is_dependency()) {
  process.emitWarning(
    'The `punycode` module is deprecated. Please use a userland alternative instead.', 'DeprecationWarning', 'DEP0040');
}

const MAX_INT = 0x7fffffff;
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_N = 128;

const DOTS = /[\x2e\u3002\uff0e\uff61]/;
const NON_ASCII = /[^\0-\x7f]/;

const overflow = () => new RangeError('Overflow: input needs wider integers to process');
const notBasic = () => new RangeError('Illegal input >= 0x80 (not a basic code point)');
const invalid = () => new RangeError('Invalid input');

// A lone surrogate is a code point of its own here.
function ucs2decode(string) {
  const points = [];
  for (let i = 0; i < string.length; i++) {
    const point = string.codePointAt(i);
    if (point > 0xffff) i++;
    points.push(point);
  }
  return points;
}

const ucs2encode = (points) => String.fromCodePoint(...points);

const digitOf = (code) => {
  if (code >= 48 && code <= 57) return code - 48 + 26;
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 97;
  return BASE;
};

const codeOf = (digit) => (digit < 26 ? digit + 97 : digit - 26 + 48);

const threshold = (k, bias) => Math.min(Math.max(k - bias, T_MIN), T_MAX);

function adapt(delta, count, first) {
  delta = first ? Math.floor(delta / DAMP) : delta >> 1;
  delta += Math.floor(delta / count);
  let k = 0;
  while (delta > ((BASE - T_MIN) * T_MAX) >> 1) {
    delta = Math.floor(delta / (BASE - T_MIN));
    k += BASE;
  }
  return Math.floor(k + ((BASE - T_MIN + 1) * delta) / (delta + SKEW));
}

function decode(input) {
  const output = [];
  const lastDash = input.lastIndexOf('-');
  for (let i = 0; i < lastDash; i++) {
    const code = input.charCodeAt(i);
    if (code >= 0x80) throw notBasic();
    output.push(code);
  }

  let n = INITIAL_N;
  let bias = INITIAL_BIAS;
  let position = 0;
  for (let i = lastDash > 0 ? lastDash + 1 : 0; i < input.length;) {
    const before = position;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      if (i >= input.length) throw invalid();
      const digit = digitOf(input.charCodeAt(i++));
      if (digit >= BASE) throw invalid();
      if (digit > Math.floor((MAX_INT - position) / weight)) throw overflow();
      position += digit * weight;
      const t = threshold(k, bias);
      if (digit < t) break;
      if (weight > Math.floor(MAX_INT / (BASE - t))) throw overflow();
      weight *= BASE - t;
    }
    const count = output.length + 1;
    bias = adapt(position - before, count, before === 0);
    if (Math.floor(position / count) > MAX_INT - n) throw overflow();
    n += Math.floor(position / count);
    position %= count;
    output.splice(position++, 0, n);
  }
  return String.fromCodePoint(...output);
}

function encode(input) {
  const points = ucs2decode(input);
  let output = '';
  for (const point of points) {
    if (point < 0x80) output += String.fromCharCode(point);
  }
  const basicCount = output.length;
  let handled = basicCount;
  if (basicCount > 0) output += '-';

  let n = INITIAL_N;
  let delta = 0;
  let bias = INITIAL_BIAS;
  while (handled < points.length) {
    let next = MAX_INT;
    for (const point of points) {
      if (point >= n && point < next) next = point;
    }
    if (next - n > Math.floor((MAX_INT - delta) / (handled + 1))) throw overflow();
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n && ++delta > MAX_INT) throw overflow();
      if (point !== n) continue;
      let q = delta;
      for (let k = BASE; ; k += BASE) {
        const t = threshold(k, bias);
        if (q < t) break;
        output += String.fromCharCode(codeOf(t + ((q - t) % (BASE - t))));
        q = Math.floor((q - t) / (BASE - t));
      }
      output += String.fromCharCode(codeOf(q));
      bias = adapt(delta, handled + 1, handled === basicCount);
      delta = 0;
      handled++;
    }
    delta++;
    n++;
  }
  return output;
}

// Of an e-mail address only the domain is mapped.
function mapDomain(domain, mapLabel) {
  const parts = domain.split('@');
  let prefix = '';
  if (parts.length > 1) {
    prefix = `${parts[0]}@`;
    domain = parts[1];
  }
  return prefix + domain.split(DOTS).map(mapLabel).join('.');
}

function toASCII(domain) {
  return mapDomain(domain, (label) => (NON_ASCII.test(label) ? `xn--${encode(label)}` : label));
}

function toUnicode(domain) {
  return mapDomain(domain, (label) =>
    (label.startsWith('xn--') ? decode(label.slice(4).toLowerCase()) : label));
}

module.exports = {
  version: '2.1.0',
  ucs2: { decode: ucs2decode, encode: ucs2encode },
  decode,
  encode,
  toASCII,
  toUnicode,
};

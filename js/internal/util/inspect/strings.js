'use strict';
// Text for inspect: quoting and escaping, and how many terminal columns a text takes.
// Control sequences are recognised here too, for whoever has to leave them out.

// In text that is quoted, these have to be written as escapes; the second leaves the single quote alone.
const NEEDS_ESCAPE =
  /[\x00-\x1f\x27\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const ESCAPED = new RegExp(NEEDS_ESCAPE, 'g');
const NEEDS_ESCAPE_BUT_QUOTE =
  /[\x00-\x1f\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const ESCAPED_BUT_QUOTE = new RegExp(NEEDS_ESCAPE_BUT_QUOTE, 'g');

const NAMED_ESCAPES = {
  '__proto__': null,
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  "'": "\\'",
  '\\': '\\\\',
};

function escapeOne(character) {
  const named = NAMED_ESCAPES[character];
  if (named !== undefined) return named;
  const code = character.charCodeAt(0);
  if (code > 0xff) return `\\u${code.toString(16)}`;
  return `\\x${code < 16 ? '0' : ''}${code.toString(16).toUpperCase()}`;
}

// Most text has none of these and need not be looked at closer.
const SUSPICIOUS = /[\x00-\x1f\x27\x5c\x7f-\x9f\ud800-\udfff]/;

// `text` in quotes, of the sort that needs the fewest escapes inside.
function quote(text) {
  if (!SUSPICIOUS.test(text)) return `'${text}'`;
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }
  if (mark === "'") {
    return NEEDS_ESCAPE.test(text) ? `'${text.replace(ESCAPED, escapeOne)}'` : `'${text}'`;
  }
  return NEEDS_ESCAPE_BUT_QUOTE.test(text) ?
    `${mark}${text.replace(ESCAPED_BUT_QUOTE, escapeOne)}${mark}` : `${mark}${text}${mark}`;
}

// Escapes without quotes, for symbols' descriptions.
function escapeText(text) {
  return NEEDS_ESCAPE_BUT_QUOTE.test(text) ? text.replace(ESCAPED_BUT_QUOTE, escapeOne) : text;
}

// CSI, OSC (ended by BEL or ST) and the other escape sequences that a terminal takes and does not show.
const CONTROL_SEQUENCES = new RegExp(
  '[\\u001B\\u009B][[\\]()#;?]*' +
  '(?:(?:(?:(?:;[-a-zA-Z\\d\\/\\#&.:=?%@~_]+)*|[a-zA-Z\\d]+(?:;[-a-zA-Z\\d\\/\\#&.:=?%@~_]*)*)?' +
  '(?:\\u0007|\\u001B\\u005C|\\u009C))|' +
  '(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-nq-uy=><~]))', 'g');

function stripControlSequences(text) {
  return text.includes('\u001b') || text.includes('\u009b') ? text.replace(CONTROL_SEQUENCES, '') : text;
}

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

// First and last code points of what takes two columns.
const WIDE = [
  0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x23f0, 0x23f0, 0x23f3, 0x23f3,
  0x25fd, 0x25fe, 0x2614, 0x2615, 0x2648, 0x2653, 0x267f, 0x267f, 0x2693, 0x2693, 0x26a1, 0x26a1,
  0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x26ce, 0x26ce, 0x26d4, 0x26d4, 0x26ea, 0x26ea,
  0x26f2, 0x26f3, 0x26f5, 0x26f5, 0x26fa, 0x26fa, 0x26fd, 0x26fd, 0x2705, 0x2705, 0x270a, 0x270b,
  0x2728, 0x2728, 0x274c, 0x274c, 0x274e, 0x274e, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
  0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2b55, 0x2b55, 0x2e80, 0x303e,
  0x3041, 0x3247, 0x3250, 0x4dbf, 0x4e00, 0xa4c6, 0xa960, 0xa97c, 0xac00, 0xd7a3, 0xf900, 0xfaff,
  0xfe10, 0xfe19, 0xfe30, 0xfe6b, 0xff01, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x1b2ff, 0x1f004, 0x1f004,
  0x1f0cf, 0x1f0cf, 0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f200, 0x1f320, 0x1f32d, 0x1f335,
  0x1f337, 0x1f37c, 0x1f37e, 0x1f393, 0x1f3a0, 0x1f3ca, 0x1f3cf, 0x1f3d3, 0x1f3e0, 0x1f3f0,
  0x1f3f4, 0x1f3f4, 0x1f3f8, 0x1f43e, 0x1f440, 0x1f440, 0x1f442, 0x1f4fc, 0x1f4ff, 0x1f53d,
  0x1f54b, 0x1f54e, 0x1f550, 0x1f567, 0x1f57a, 0x1f57a, 0x1f595, 0x1f596, 0x1f5a4, 0x1f5a4,
  0x1f5fb, 0x1f64f, 0x1f680, 0x1f6c5, 0x1f6cc, 0x1f6cc, 0x1f6d0, 0x1f6d2, 0x1f6d5, 0x1f6d7,
  0x1f6dc, 0x1f6df, 0x1f6eb, 0x1f6ec, 0x1f6f4, 0x1f6fc, 0x1f7e0, 0x1f7eb, 0x1f7f0, 0x1f7f0,
  0x1f90c, 0x1f93a, 0x1f93c, 0x1f945, 0x1f947, 0x1f9ff, 0x1fa70, 0x1faff, 0x20000, 0x3fffd,
];

const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff\ufe00-\ufe0f\u{e0100}-\u{e01ef}]$/u;

function isWide(code) {
  if (code < WIDE[0]) return false;
  let low = 0;
  let high = WIDE.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (code < WIDE[middle * 2]) high = middle - 1;
    else if (code > WIDE[middle * 2 + 1]) low = middle + 1;
    else return true;
  }
  return false;
}

// Columns that `text` takes in a terminal. Control sequences count as nothing unless told that there are none.
function stringWidth(text, removeControlSequences = true) {
  if (removeControlSequences) text = stripControlSequences(text);
  if (PRINTABLE_ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text.normalize('NFC')) {
    const code = character.codePointAt(0);
    if (isWide(code)) width += 2;
    else if (code > 0x1f && !(code >= 0x7f && code < 0xa0) && (code < 0x300 || !ZERO_WIDTH.test(character))) width++;
  }
  return width;
}

module.exports = { CONTROL_SEQUENCES, escapeText, quote, stringWidth, stripControlSequences };

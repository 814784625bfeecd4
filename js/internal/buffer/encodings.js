'use strict';
// The encodings a Buffer speaks: their names, and how text is measured, written and read in each.
// The work is done in Rust; this is the table that finds it. The ops are looked up in each call: those of the start-up snapshot are slower than those of
// a running process.

// What the digits stand for, less what the padding says is missing. Exact for well-formed text, an
// upper bound for any other.
function byteLengthBase64(string) {
  let digits = string.length;
  if (digits > 1 && string.charCodeAt(digits - 1) === 0x3d) digits--;
  if (digits > 1 && string.charCodeAt(digits - 1) === 0x3d) digits--;
  return Math.floor(digits * 3 / 4);
}

// `code` is how Rust knows the encoding. `room` is the most bytes one UTF-16 code unit can become.
const utf8 = {
  name: 'utf8', code: 0, room: 3,
  byteLength: (string) => ops.op_os_buffer_byte_length_utf8(string),
  write: (buffer, string, offset, length) => ops.op_os_buffer_write_utf8(buffer, string, offset, length),
  slice: (buffer, start, end) => ops.op_os_buffer_slice_utf8(buffer, start, end),
};
const utf16le = {
  name: 'utf16le', code: 1, room: 2,
  byteLength: (string) => string.length * 2,
  write: (buffer, string, offset, length) => ops.op_os_buffer_write_utf16le(buffer, string, offset, length),
  slice: (buffer, start, end) => ops.op_os_buffer_slice_utf16le(buffer, start, end),
};
const latin1 = {
  name: 'latin1', code: 2, room: 1,
  byteLength: (string) => string.length,
  write: (buffer, string, offset, length) => ops.op_os_buffer_write_latin1(buffer, string, offset, length),
  slice: (buffer, start, end) => ops.op_os_buffer_slice_latin1(buffer, start, end),
};
const ascii = {
  name: 'ascii', code: 3, room: 1,
  byteLength: latin1.byteLength,
  write: latin1.write,
  slice: (buffer, start, end) => ops.op_os_buffer_slice_ascii(buffer, start, end),
};
const base64 = {
  name: 'base64', code: 4, room: 1,
  byteLength: byteLengthBase64,
  write: (buffer, string, offset, length) => ops.op_os_buffer_write_base64(buffer, string, offset, length),
  slice: (buffer, start, end) => ops.op_os_buffer_slice_base64(buffer, start, end),
};
const base64url = {
  name: 'base64url', code: 5, room: 1,
  byteLength: byteLengthBase64,
  write: base64.write,
  slice: (buffer, start, end) => ops.op_os_buffer_slice_base64url(buffer, start, end),
};
const hex = {
  name: 'hex', code: 6, room: 1,
  byteLength: (string) => string.length >>> 1,
  write: (buffer, string, offset, length) => ops.op_os_buffer_write_hex(buffer, string, offset, length),
  slice: (buffer, start, end) => ops.op_os_buffer_slice_hex(buffer, start, end),
};

const byName = {
  '__proto__': null,
  utf8, 'utf-8': utf8,
  utf16le, 'utf-16le': utf16le, 'ucs2': utf16le, 'ucs-2': utf16le,
  latin1, 'binary': latin1,
  ascii,
  base64,
  base64url,
  hex,
};

/** The table entry of an encoding's name in any case, or undefined. */
function getEncoding(name) {
  const found = byName[name];
  if (found !== undefined) return found;
  return byName[`${name}`.toLowerCase()];
}

module.exports = { getEncoding, utf8, utf16le, latin1, ascii, base64, base64url, hex };

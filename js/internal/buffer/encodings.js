'use strict';
// The encodings a Buffer speaks: their names, and how text is measured, written and read in each.
// The work is done in Rust; this is the table that finds it.

const {
  op_os_buffer_byte_length_utf8: byteLengthUtf8,
  op_os_buffer_write_utf8: writeUtf8,
  op_os_buffer_write_utf16le: writeUtf16le,
  op_os_buffer_write_latin1: writeLatin1,
  op_os_buffer_write_base64: writeBase64,
  op_os_buffer_write_hex: writeHex,
  op_os_buffer_slice_utf8: sliceUtf8,
  op_os_buffer_slice_utf16le: sliceUtf16le,
  op_os_buffer_slice_latin1: sliceLatin1,
  op_os_buffer_slice_ascii: sliceAscii,
  op_os_buffer_slice_base64: sliceBase64,
  op_os_buffer_slice_base64url: sliceBase64url,
  op_os_buffer_slice_hex: sliceHex,
} = ops;

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
  name: 'utf8', code: 0, room: 3, byteLength: byteLengthUtf8, write: writeUtf8, slice: sliceUtf8,
};
const utf16le = {
  name: 'utf16le', code: 1, room: 2, byteLength: (string) => string.length * 2,
  write: writeUtf16le, slice: sliceUtf16le,
};
const latin1 = {
  name: 'latin1', code: 2, room: 1, byteLength: (string) => string.length,
  write: writeLatin1, slice: sliceLatin1,
};
const ascii = {
  name: 'ascii', code: 3, room: 1, byteLength: (string) => string.length,
  write: writeLatin1, slice: sliceAscii,
};
const base64 = {
  name: 'base64', code: 4, room: 1, byteLength: byteLengthBase64,
  write: writeBase64, slice: sliceBase64,
};
const base64url = {
  name: 'base64url', code: 5, room: 1, byteLength: byteLengthBase64,
  write: writeBase64, slice: sliceBase64url,
};
const hex = {
  name: 'hex', code: 6, room: 1, byteLength: (string) => string.length >>> 1,
  write: writeHex, slice: sliceHex,
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

'use strict';
// Labels that are none, fatal decoders, arguments of the wrong type.
for (const attempt of [
  () => new TextDecoder('klingon'),
  () => new TextDecoder('replacement'),
  () => new TextDecoder('utf-8', 1),
  () => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])),
  () => new TextDecoder('utf-16le', { fatal: true }).decode(new Uint8Array([0x00])),
  () => new TextDecoder('euc-jp', { fatal: true }).decode(new Uint8Array([0xff])),
  () => new TextDecoder().decode('text'),
  () => TextDecoder.prototype.decode.call({}),
  () => TextEncoder.prototype.encode.call({}),
  () => new TextEncoder().encodeInto(1, new Uint8Array(1)),
  () => new TextEncoder().encodeInto('', []),
]) {
  try {
    console.log(attempt());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
const fatal = new TextDecoder('utf-8', { fatal: true });
console.log(fatal.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + fatal.decode(new Uint8Array([0xac])));

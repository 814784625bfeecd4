'use strict';
// transcode between charsets; isUtf8 and isAscii.
const { transcode, isUtf8, isAscii } = require('buffer');
const euro = Buffer.from('€é');
for (const to of ['utf8', 'ucs2', 'latin1', 'ascii']) console.log(to, transcode(euro, 'utf8', to));
console.log(transcode(Buffer.from('é', 'latin1'), 'binary', 'utf8'), transcode(Buffer.from('é', 'ucs2'), 'utf16le', 'latin1'));
for (const attempt of [() => transcode(euro, 'utf8', 'hex'), () => transcode(Buffer.from([0xff]), 'utf8', 'ucs2'), () => transcode('x', 'utf8', 'ucs2')]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.code, error.message);
  }
}
console.log(isUtf8(euro), isUtf8(Buffer.from([0xe2])), isAscii(euro), isAscii(new Uint8Array([1, 127]).buffer));

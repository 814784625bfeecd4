'use strict';
// TextDecoder: labels, byte order marks, legacy encodings.
const decode = (label, bytes, options) => JSON.stringify(new TextDecoder(label, options).decode(new Uint8Array(bytes)));
console.log(decode(undefined, [0xef, 0xbb, 0xbf, 0xe2, 0x82, 0xac]), decode('utf8', [0xef, 0xbb, 0xbf, 0x61], { ignoreBOM: true }));
console.log(decode('utf-8', [0x61, 0xff, 0xe2, 0x82, 0x62]), decode('utf-16le', [0x61, 0, 0x3d, 0xd8]), decode('utf-16be', [0, 0x61]));
console.log(decode('latin1', [0x80, 0xe9]), decode('shift_jis', [0x93, 0xfa]), decode('gbk', [0xc4, 0xe3]), decode('euc-kr', [0xb0, 0xa1]), decode('koi8-r', [0xf0]));
console.log(new TextDecoder(' UTF8 ').encoding, new TextDecoder('ascii').encoding, new TextDecoder('unicode').encoding, new TextDecoder('sjis').encoding);
console.log(new TextDecoder().decode(), new TextDecoder().decode(new Uint8Array([104, 105]).buffer), new TextDecoder().decode(new DataView(new Uint8Array([104, 105]).buffer, 1)));
console.log(new TextDecoder('utf-8', { fatal: true }), `${new TextDecoder()}`);

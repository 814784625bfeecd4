'use strict';
// The legacy parser: laxer than URL, and older.
process.emitWarning = () => {};
const url = require('url');

console.log(url.parse(' HTTP://us%65r@Host.com:80\\p?a=b&a=c#h ', true));
console.log(url.parse('//host/path', false, true).host, url.parse('//host/path').pathname);
console.log(url.parse('mailto:a@b.c').href, url.parse('javascript:alert("x")').pathname);
console.log(url.parse('http://bücher.de/ü').href);
console.log(url.format({ protocol: 'http', hostname: '::1', port: 80, pathname: 'a?b', query: { c: ['d', 'e'] } }));
console.log(url.format(new URL('http://u:p@xn--bcher-kva.de/a?b#c'), { auth: false, fragment: false, unicode: true }));

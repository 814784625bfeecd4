'use strict';
// What each function says of what it cannot take.
process.emitWarning = () => {};
const url = require('url');

for (const call of [
  () => new URL('x'),
  () => new URL('/a', 'b'),
  () => new URL(),
  () => url.parse('http://a:b:c/'),
  () => url.parse('http://a\u2100b/'),
  () => url.format(1),
  () => url.fileURLToPath('http://a'),
  () => url.fileURLToPath('file://host/a'),
  () => url.fileURLToPath('file:///a%2Fb'),
  () => new URLSearchParams([['a']]),
  () => URLSearchParams.prototype.get.call({}, 'a'),
  () => Reflect.get(URL.prototype, 'href', {}),
]) {
  try {
    call();
    console.log('no error');
  } catch (err) {
    console.log(err.name, err.code, err.message, err.input ?? '', err.base ?? '');
  }
}

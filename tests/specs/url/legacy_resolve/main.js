'use strict';
process.emitWarning = () => {};
const url = require('url');

for (const [base, reference] of [
  ['/one/two/three', 'four'],
  ['http://example.com/one', '/two'],
  ['http://example.com/a/b/', '../../../c/./d/..'],
  ['http://user@example.com/a', '//other.com/b'],
  ['http://example.com/b//c//d;p?q#blarg', 'https:/p/a/t/h?s#hash2'],
  ['mailto:a@b.c', 'd@e.f'],
  ['a/b', '../../../c'],
  ['http://example.com/a?b#c', ''],
]) {
  console.log(url.resolve(base, reference));
}

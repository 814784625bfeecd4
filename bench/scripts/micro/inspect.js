'use strict';
const util = require('util');
const { bench, run } = require('./harness');

const subjects = {
  'a small object': { a: 1, b: 'two', c: [3, 4], d: { e: null } },
  'an array of 100 numbers': Array.from({ length: 100 }, (_, i) => i * 3),
  'nested': { a: { b: { c: { d: { e: 1 } } } }, f: [[[[1]]]], g: new Map([['k', { v: new Set([1, 2]) }]]) },
  'an error': new TypeError('wrong'),
  'a class instance': new (class Point {
    x = 1;
    y = 2;
  })(),
  'a Map of 50': new Map(Array.from({ length: 50 }, (_, i) => [`key ${i}`, { i }])),
  'a long string': 'text '.repeat(200),
};
for (const [name, subject] of Object.entries(subjects)) {
  bench(`inspect ${name}`, (n) => {
    for (let i = 0; i < n; i++) util.inspect(subject);
  });
}
bench('format %s %d %j', (n) => {
  for (let i = 0; i < n; i++) util.format('%s has %d of %j', 'name', i, subjects['a small object']);
});
bench('isDeepStrictEqual', (n) => {
  const copy = structuredClone(subjects.nested);
  for (let i = 0; i < n; i++) util.isDeepStrictEqual(copy, subjects.nested);
});
run();

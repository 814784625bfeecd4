'use strict';
// Shell patterns: classes, braces, extended groups, '**', hidden names.
const path = require('path');

const cases = [
  ['a/b/c.js', 'a/**/*.js'],
  ['a/.git/c.js', 'a/**/*.js'],
  ['a/c.js', 'a/**/*.js'],
  ['lib.js', '{src,lib}.js'],
  ['f7', 'f{1..9}'],
  ['bar', '[!a-c]ar'],
  ['far', '[!a-c]ar'],
  ['x.test.js', '!(*.test).js'],
  ['x.js', '!(*.test).js'],
  ['aab', '+(a|b)'],
  ['.env', '*'],
  ['.env', '.*'],
];
for (const [name, pattern] of cases) console.log(name, pattern, path.matchesGlob(name, pattern));
console.log(path.win32.matchesGlob('a\\b', 'a/*'));

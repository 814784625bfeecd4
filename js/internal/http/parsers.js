'use strict';
// The pool of parsers that Node keeps. Here parsing is Rust's and there is no pool; the limit is checked and remembered.

const { validateInteger } = require('internal/validators');

const parsers = { name: 'parsers', max: 1000 };

function setMaxIdleParsers(max) {
  validateInteger(max, 'max', 1);
  parsers.max = max;
}

module.exports = { parsers, setMaxIdleParsers };

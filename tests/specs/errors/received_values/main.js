'use strict';
// How an argument error describes what it was given.
const { stripVTControlCharacters } = require('util');

for (const value of [
  undefined, null, true, -0, 1n, Symbol('s'), function named() {}, [], new Map(),
  Object.create(null),
]) {
  try {
    stripVTControlCharacters(value);
    console.log('accepted');
  } catch (error) {
    console.log(error.message.split('. ')[1]);
  }
}

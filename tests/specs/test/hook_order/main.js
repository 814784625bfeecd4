'use strict';
// Hooks run from the outside in before a test, and from the inside out after it.
const { after, afterEach, before, beforeEach, describe, it } = require('node:test');

const order = [];
const note = (name) => () => {
  order.push(name);
};
before(note('file before'));
beforeEach(note('file beforeEach'));
afterEach(note('file afterEach'));
after(note('file after'));
describe('suite', () => {
  before(note('before'));
  beforeEach(note('beforeEach'));
  afterEach(note('afterEach'));
  after(note('after'));
  it('first', note('first'));
  it('second', note('second'));
});
process.on('exit', () => console.log(order.join('\n')));

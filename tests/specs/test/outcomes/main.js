'use strict';
// Each kind of outcome is reported, a failure with its error, and the process ends with 1.
const assert = require('assert');
const { describe, it, test } = require('node:test');

test('passes', () => {});
test('fails', () => assert.strictEqual(1, 2));
test('is asynchronous', async (t) => {
  await t.test('below', () => {});
  await t.test('left out', { skip: 'not today' }, () => assert.fail());
  t.diagnostic('said on the way');
});
test('has a callback', (t, done) => setImmediate(done));
test('is to do', { todo: 'soon' }, () => assert.fail());
test('skips itself', (t) => t.skip());
describe('a suite', () => {
  it('passes there', () => {});
  it('rejects there', async () => {
    throw new Error('as it should');
  });
});
test('plans', (t) => {
  t.plan(2);
  t.assert.ok(true);
});

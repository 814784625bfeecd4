'use strict';
// Which values are equal: loosely, strictly, and one as a part of the other.
const assert = require('assert');

const holds = (name, ...values) => {
  try {
    assert[name](...values);
    return 'yes';
  } catch (err) {
    return err.code === 'ERR_ASSERTION' ? 'no' : err;
  }
};
const ring = (value) => {
  const object = { value };
  object.self = object;
  return object;
};
class Point { constructor(x) { this.x = x; } }
for (const [label, actual, expected] of [
  ['number and string', 1, '1'],
  ['zeros', [0], [-0]],
  ['NaN', { a: NaN }, { a: NaN }],
  ['prototypes', new Point(1), { x: 1 }],
  ['holes', [1, , 3], [1, undefined, 3]],
  ['sets in any order', new Set([{ a: 1 }, 2]), new Set([2, { a: 1 }])],
  ['maps by deep keys', new Map([[{ k: 1 }, [1]]]), new Map([[{ k: 1 }, [1]]])],
  ['dates', new Date(0), new Date(1)],
  ['errors', new RangeError('x'), new Error('x')],
  ['causes', new Error('x', { cause: 1 }), new Error('x')],
  ['boxes', Object(1), Object(1)],
  ['views', new Uint8Array([1, 2, 3]), new Uint8Array([1, 3])],
  ['circles', ring(1), ring(1)],
  ['more than asked', { a: 1, b: { c: 2, d: [3, 4] } }, { b: { d: [4] } }],
]) {
  console.log(`${label}:`, holds('deepEqual', actual, expected), holds('deepStrictEqual', actual, expected),
    holds('partialDeepStrictEqual', actual, expected));
}

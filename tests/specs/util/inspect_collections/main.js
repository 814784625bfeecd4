'use strict';
// Arrays, collections, iterators (which are not consumed), buffers, promises.
const { inspect } = require('util');

const map = new Map([['a', { b: 1 }], [{}, []]]);
const iterator = map.entries();
console.log(map, new Set([1, [2]]), iterator, map.keys(), new Set([1]).entries());
console.log([...iterator].length);
console.log([1, , 3], [, ,], Object.assign([1], { extra: true, '-1': 0 }));
console.log(new Uint8Array(3), new BigInt64Array(1), new ArrayBuffer(2), new DataView(new ArrayBuffer(1)));
console.log(inspect(new Array(200).fill(7), { maxArrayLength: 3 }), inspect(new Set([1, 2, 3]), { maxArrayLength: 1 }));
console.log([Promise.resolve(1), new Promise(() => {})], new WeakMap(), new WeakSet());
console.log(inspect(new WeakSet([[1], { a: 1 }]), { showHidden: true }));
console.log(inspect([1, 2], { showHidden: true }), [new Date(0), new Date(NaN), /x/gi]);

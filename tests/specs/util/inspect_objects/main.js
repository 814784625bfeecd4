'use strict';
// Objects by what made them: classes, prototypes, tags, accessors, functions.
const { inspect } = require('util');

class Point {
  x = 1;
  get y() {
    return 2;
  }
}
class Tagged extends Map {
  get [Symbol.toStringTag]() {
    return 'Label';
  }
}
const bare = Object.create(null);
bare.key = 'value';

console.log(new Point(), new Tagged([[1, 2]]), bare, Object.setPrototypeOf(new Point(), null));
console.log({ get a() { return 1; }, set b(v) {}, get c() { return 1; }, set c(v) {} });
console.log(inspect({ get a() { return { deep: 1 }; }, get b() { throw new Error('no'); } }, { getters: true }).split('\n')[1]);
console.log([function named() {}, () => {}, async () => {}, function* gen() {}, class {}, class A extends Point {}, Math.max]);
console.log({ 'needs-quotes': 1, [Symbol('sym')]: 2, ['__proto__']: 3 }, (function() { return arguments; })(1));
console.log(inspect(new Point(), { showHidden: true, getters: true }));
console.log(inspect({ b: 1, a: 2 }, { sorted: true }), inspect({ a: { b: { c: { d: 1 } } } }), inspect([[]], { depth: -1 }));
class Label {
  get [Symbol.toStringTag]() {
    return 'Label';
  }
}
class RedLabel extends Label {}
console.log(new Label(), new RedLabel());

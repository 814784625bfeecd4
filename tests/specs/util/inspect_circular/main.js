'use strict';
// Objects that contain themselves are numbered where they begin.
const a = { name: 'a' };
a.self = a;
a.list = [a, { inner: {} }];
a.list[1].inner.list = a.list;
console.log(a);
const map = new Map();
map.set('map', map);
console.log(map);

'use strict';
// Tabular data of every kind; anything else is logged as it is.
console.table([{ a: 1, b: 'x' }, { a: 2, c: true }]);
console.table([[1, 2], [3]]);
console.table({ first: { v: 1 }, second: 5 });
console.table(new Map([['k', { deep: { er: 1 } }]]));
console.table(new Set(['あ', 'b']));
console.table([{ a: 1, b: 2 }], ['b']);
console.table([]);
console.table('text');

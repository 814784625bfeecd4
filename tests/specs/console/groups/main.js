'use strict';
// Groups indent every line of what is written in them.
console.group('outer');
console.log('one\ntwo');
console.group();
console.table([{ a: 1 }]);
console.groupEnd();
console.log({ long: 'x'.repeat(40), longer: 'y'.repeat(40) });
console.groupEnd();
console.groupEnd();
console.log('outside');

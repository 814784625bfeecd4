'use strict';
// Which method writes where, and how arguments become a line.
console.log('log', 1, { a: 'b' });
console.info('%s info', 'an');
console.debug('debug');
console.error('error', [1]);
console.warn('warn %d', 2);
console.assert(true, 'not shown');
console.assert(false, 'shown %s', 'with arguments');
console.log();
console.dir({ a: { b: {} } }, { depth: 0 });
console.dirxml({ a: 1 }, 2);
[1, 2].forEach(console.log);

'use strict';
// Writes between cork() and uncork() reach _writev() together; each callback is called.
const { Writable } = require('stream');

const writable = new Writable({
  writev(chunks, callback) {
    console.log(chunks.map(({ chunk, encoding }) => `${chunk}/${encoding}`).join(' '));
    callback();
  },
});

writable.cork();
writable.write('a', () => console.log('a written'));
writable.write('b', () => console.log('b written'));
writable.cork();
writable.write('c');
console.log('corked', writable.writableCorked, 'waiting', writable._writableState.bufferedRequestCount);
writable.uncork();
console.log('corked', writable.writableCorked);
process.nextTick(() => writable.uncork());

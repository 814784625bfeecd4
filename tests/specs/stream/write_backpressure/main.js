'use strict';
// write() returns false at the high-water mark, and 'drain' comes when all is written.
const { Writable } = require('stream');

const writable = new Writable({
  highWaterMark: 4,
  write(chunk, encoding, callback) {
    console.log('_write', chunk.toString(), encoding);
    setImmediate(callback);
  },
  final(callback) {
    console.log('_final');
    callback();
  },
});

console.log(writable.write('ab'), writable.writableLength, writable.writableNeedDrain);
console.log(writable.write('cd'), writable.writableLength, writable.writableNeedDrain);
writable.on('drain', () => {
  console.log('drain', writable.writableLength);
  writable.end('e', () => console.log('end callback'));
});
writable.on('prefinish', () => console.log('prefinish'));
writable.on('finish', () => console.log('finish'));
writable.on('close', () => console.log('close'));

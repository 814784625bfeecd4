'use strict';
// destroy(err): the callbacks of waiting writes, then 'error', then 'close', none of them at once.
const { Duplex } = require('stream');

const duplex = new Duplex({
  read() {},
  write() {
    console.log('never');
  },
  destroy(err, callback) {
    console.log('_destroy', err.message);
    callback(err);
  },
});

duplex.cork();
duplex.write('a', (err) => console.log('first write', err?.message));
duplex.write('b', (err) => console.log('second write', err?.message));
duplex.on('error', (err) => console.log('error', err.message, duplex.errored === err));
duplex.on('close', () => console.log('close', duplex.closed));

duplex.destroy(new Error('enough'));
duplex.destroy(new Error('ignored'));
console.log('destroyed', duplex.destroyed, 'closed', duplex.closed);
console.log('write after destroy', duplex.write('c', (err) => console.log('third write', err.code)));

'use strict';
// Nothing is read, written or destroyed before _construct() has called back.
const { Duplex } = require('stream');

function make(name) {
  return new Duplex({
    construct(callback) {
      console.log(name, 'construct');
      setImmediate(callback);
    },
    read() {
      console.log(name, 'read');
      this.push(null);
    },
    write(chunk, encoding, callback) {
      console.log(name, 'write', chunk.toString());
      callback();
    },
    destroy(err, callback) {
      console.log(name, 'destroy');
      callback(err);
    },
  });
}

const used = make('used');
used.resume();
used.end('data');
used.on('close', () => {
  console.log('used close');
  const unused = make('unused');
  unused.destroy();
  unused.on('close', () => console.log('unused close'));
});

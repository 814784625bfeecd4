'use strict';
// A stream that fails does not end the program, unless the console is told to let it.
const { Console } = require('console');
const { Writable } = require('stream');

const failing = () => new Writable({
  write(chunk, encoding, callback) {
    callback(new Error('disk full'));
  },
});
new Console(failing()).log('lost');

const strict = new Console({ stdout: { write() { throw new Error('passed on'); } }, ignoreErrors: false });
try {
  strict.log('x');
} catch (error) {
  console.log(error.message);
}
process.on('exit', (code) => console.log('exit', code));

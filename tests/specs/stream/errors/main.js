'use strict';
// What misuse gives, with Node's codes.
const { Readable, Writable } = require('stream');

function code(fn) {
  try {
    fn();
  } catch (err) {
    return `${err.name} ${err.code}: ${err.message}`;
  }
  return 'no error';
}

const writable = () => new Writable({ write: (chunk, encoding, callback) => callback() });
console.log(code(() => writable().write(null)));
console.log(code(() => writable().write(5)));
console.log(code(() => writable().write('a', 'nope')));
console.log(code(() => new Readable({ highWaterMark: -1 })));

const events = [
  ['push after end', new Readable({ read() {} }), (r) => r.push(null) || r.push('a')],
  ['push of a number', new Readable({ read() {} }), (r) => r.push(1)],
  ['no _read', new Readable(), (r) => r.read()],
  ['write after end', writable(), (w) => w.end() && w.write('a')],
  ['pipe from a Writable', writable(), (w) => w.pipe(writable())],
  ['callback twice', new Writable({ write: (c, e, cb) => cb() || cb() }), (w) => w.write('a')],
];
for (const [what, stream, misuse] of events) {
  stream.on('error', (err) => console.log(`${what}: ${err.code}`));
  misuse(stream);
}

'use strict';
// A Transform's output may be more or less than its input; flush() has the last word.
const { Transform } = require('stream');

const lines = new Transform({
  readableObjectMode: true,
  transform(chunk, encoding, callback) {
    const parts = ((this.rest ?? '') + chunk).split('\n');
    this.rest = parts.pop();
    for (const line of parts) this.push(line);
    callback();
  },
  flush(callback) {
    callback(null, this.rest);
  },
});

lines.on('data', (line) => console.log(JSON.stringify(line)));
lines.on('end', () => console.log('end'));
lines.on('finish', () => console.log('finish'));
lines.write('one\ntw');
lines.write('o\nthr');
lines.end('ee');

'use strict';
// pipe() waits for a slow destination, ends it, and leaves no listener behind.
const { PassThrough, Readable, Writable } = require('stream');

const source = Readable.from(['a', 'b', 'c'].map((word) => Buffer.from(word.repeat(8))), {
  objectMode: false,
});
const slow = new Writable({
  highWaterMark: 8,
  write(chunk, encoding, callback) {
    console.log('wrote', chunk.toString());
    setImmediate(callback);
  },
});

slow.on('pipe', (from) => console.log('pipe', from instanceof PassThrough));
slow.on('unpipe', (from) => console.log('unpipe', from instanceof PassThrough));
slow.on('finish', () => console.log('finish'));
slow.on('close', () => console.log(slow.listenerCount('drain'), slow.listenerCount('error')));
source.pipe(new PassThrough()).pipe(slow);

'use strict';
const { PassThrough, Readable, Transform, Writable, pipeline } = require('stream');
const { bench, run } = require('./harness');

const chunk = Buffer.alloc(1024, 'x');
function source(n) {
  return new Readable({
    read() {
      this.push(n-- > 0 ? chunk : null);
    },
  });
}
function sink() {
  return new Writable({
    write(data, encoding, callback) {
      callback();
    },
  });
}
const finished = (start) => new Promise((resolve, reject) => start((err) => (err ? reject(err) : resolve())));

bench('pipe 1K chunks', (n) => finished((done) => source(n).pipe(sink()).on('finish', () => done())));
bench('pipe through PassThrough', (n) => finished((done) => source(n).pipe(new PassThrough()).pipe(sink()).on('finish', () => done())));
bench('pipeline with Transform', (n) => finished((done) => pipeline(source(n), new Transform({
  transform(data, encoding, callback) {
    callback(null, data);
  },
}), sink(), done)));
bench('object mode, data events', (n) => finished((done) => new Readable({
  objectMode: true,
  read() {
    this.push(n-- > 0 ? { n } : null);
  },
}).on('data', () => {}).on('end', () => done())));
bench('for await', async (n) => {
  for await (const data of source(n)) data.length;
});
bench('Readable.from array', async (n) => {
  for await (const value of Readable.from(new Array(n).fill(1))) value + 1;
});
bench('async write', (n) => finished((done) => {
  const target = new Writable({
    write(data, encoding, callback) {
      process.nextTick(callback);
    },
  });
  target.on('finish', () => done());
  for (let i = 0; i < n; i++) target.write(chunk);
  target.end();
}));
bench('new Readable, new Writable', (n) => {
  for (let i = 0; i < n; i++) {
    source(0);
    sink();
  }
});
run();

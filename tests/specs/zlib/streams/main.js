'use strict';
// Streams pass back-pressure on, flush, change their parameters, and are web streams as well.
const { pipeline, Readable } = require('stream');
const zlib = require('zlib');

const parts = Array.from({ length: 40 }, (_, i) => Buffer.alloc(50_000, `part ${i} `));
let length = 0;
async function count(source) {
  for await (const chunk of source) length += chunk.length;
}

pipeline(Readable.from(parts), zlib.createGzip(), zlib.createGunzip(), count, (err) => {
  console.log('pipeline', err, length);
  flushing();
});

function flushing() {
  const deflate = zlib.createDeflate();
  const inflate = zlib.createInflate();
  deflate.pipe(inflate);
  inflate.setEncoding('utf8');
  inflate.once('data', (text) => {
    console.log('flushed', text);
    deflate.params(0, zlib.constants.Z_DEFAULT_STRATEGY, () => {
      inflate.once('data', (rest) => console.log('end', rest, deflate.bytesWritten));
      inflate.once('end', web);
      deflate.end(' and after');
    });
  });
  deflate.write('before');
  deflate.flush();
}

async function web() {
  const stream = new Blob(['web '.repeat(3)]).stream();
  const there = stream.pipeThrough(new CompressionStream('gzip'));
  const back = there.pipeThrough(new DecompressionStream('gzip'));
  let text = '';
  for await (const chunk of back.pipeThrough(new TextDecoderStream())) text += chunk;
  console.log(text);
}

// Streams: flushed pieces arrive, members of an archive follow each other, a slow reader holds the rest back.
const zlib = require('zlib');
const { Readable } = require('stream');
const { pipeline } = require('stream/promises');

(async () => {
  const gzip = zlib.createGzip();
  const gunzip = gzip.pipe(zlib.createGunzip());
  gzip.write('first');
  gzip.flush();
  const [piece] = await require('events').once(gunzip, 'data');
  console.log(piece.toString());
  gzip.end();

  const archive = Buffer.concat([zlib.gzipSync('one '), zlib.gzipSync('two'), Buffer.alloc(20)]);
  console.log(zlib.gunzipSync(archive).toString());

  const bomb = zlib.gzipSync(Buffer.alloc(10 << 20));
  const slow = zlib.createGunzip();
  slow.end(bomb);
  slow.once('readable', () => setImmediate(() => {
    console.log('held back:', slow.readableLength <= 2 * 16384);
    slow.destroy();
  }));

  let length = 0;
  await pipeline(Readable.from([bomb.subarray(0, 7), bomb.subarray(7)]), zlib.createUnzip(), async (source) => {
    for await (const chunk of source) length += chunk.length;
  });
  console.log(length);
})();

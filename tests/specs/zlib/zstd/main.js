// Zstandard: at once, for callbacks and as streams; several frames in a row; what is no frame, or not all of one.
const zlib = require('zlib');
const { pipeline } = require('stream/promises');

const text = 'So long, and thanks for all the fish. '.repeat(1000);
const packed = zlib.zstdCompressSync(text, { params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } });
console.log(packed.length < 200, zlib.zstdDecompressSync(packed).toString() === text);
console.log(zlib.zstdDecompressSync(Buffer.concat([packed, packed])).length / text.length);
console.log(zlib.zstdDecompressSync(zlib.zstdCompressSync('')).length);

const dictionary = Buffer.from(text.slice(0, 100));
const small = zlib.zstdCompressSync(text.slice(0, 60), { dictionary });
console.log(small.length < 30, zlib.zstdDecompressSync(small, { dictionary }).toString() === text.slice(0, 60));

function attempt(what) {
  try {
    what();
    console.log('done');
  } catch (err) {
    console.log(err.name, err.code, err.errno, err.message);
  }
}
attempt(() => zlib.zstdDecompressSync('no frame at all'));
attempt(() => zlib.zstdDecompressSync(packed.subarray(0, -3)));
attempt(() => zlib.zstdDecompressSync(Buffer.alloc(0)));
attempt(() => zlib.zstdDecompressSync(Buffer.concat([packed, Buffer.from('!')])));
attempt(() => zlib.zstdDecompressSync(Buffer.concat([packed, Buffer.from('!')]), { rejectGarbageAfterEnd: true }));
attempt(() => zlib.zstdCompressSync('a', { pledgedSrcSize: 2 }));
attempt(() => zlib.zstdCompressSync('a', { params: { [zlib.constants.ZSTD_c_windowLog]: 99 } }));
attempt(() => zlib.zstdCompressSync('a', { params: { 5000: 1 } }));

(async () => {
  const pieces = [];
  await pipeline(
    async function* () { for (let i = 0; i < text.length; i += 999) yield text.slice(i, i + 999); },
    zlib.createZstdCompress({ chunkSize: 64 }),
    zlib.createZstdDecompress({ chunkSize: 64 }),
    async (source) => { for await (const piece of source) pieces.push(piece); });
  console.log(Buffer.concat(pieces).toString() === text);

  const stream = zlib.createZstdCompress();
  stream.write('flushed');
  stream.flush(() => {
    const decompressor = zlib.createZstdDecompress();
    decompressor.on('data', (data) => {
      console.log(data.toString());
      // Only now: two that are under way together may end in any order.
      zlib.zstdCompress('callback', (err, made) => zlib.zstdDecompress(made, (_, back) => console.log(err, back.toString())));
    });
    decompressor.write(stream.read());
  });
})();

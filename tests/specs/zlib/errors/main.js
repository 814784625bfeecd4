// What is wrong with the input or the options is told, with zlib's code.
const zlib = require('zlib');

function show(act) {
  try {
    act();
  } catch (err) {
    console.log(err.name, err.code, err.errno, err.message);
  }
}
show(() => zlib.gunzipSync('garbage'));
show(() => zlib.gunzipSync(zlib.gzipSync('cut').subarray(0, 15)));
show(() => zlib.inflateSync(zlib.deflateSync('x', { dictionary: Buffer.from('xyz') })));
show(() => zlib.brotliDecompressSync(Buffer.from([0xff, 0xff, 0xff])));
show(() => zlib.gunzipSync(zlib.gzipSync(Buffer.alloc(5000)), { maxOutputLength: 100 }));
show(() => zlib.createGzip({ level: 10 }));
show(() => zlib.gzipSync(5));
zlib.createGunzip().on('error', (err) => console.log(err.code)).end('garbage');

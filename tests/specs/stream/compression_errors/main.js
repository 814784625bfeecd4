'use strict';
// A chunk that is no bytes, or bytes that are not compressed, end both sides of a compression stream with a TypeError.
async function attempt(stream, chunk) {
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  writer.closed.catch(() => {});
  const outcomes = await Promise.allSettled([writer.write(chunk), reader.read()]);
  console.log(outcomes.map(({ status, reason }) => (status === 'fulfilled' ? status : `${reason.name} ${reason.code}`)).join(', '));
}

(async () => {
  await attempt(new CompressionStream('gzip'), undefined);
  await attempt(new CompressionStream('deflate'), null);
  await attempt(new DecompressionStream('brotli'), 3);
  const stream = new Blob(['text']).stream().pipeThrough(new CompressionStream('brotli')).pipeThrough(new DecompressionStream('brotli'));
  console.log(await require('stream/consumers').text(stream));
})();

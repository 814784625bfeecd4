'use strict';
// pipeline() joins streams and generator functions; a failure anywhere destroys all of them.
const { PassThrough, Readable, Writable, pipeline } = require('stream');
const { pipeline: pipelinePromise } = require('stream/promises');

const out = [];
const sink = new Writable({
  write(chunk, encoding, callback) {
    out.push(chunk.toString());
    callback();
  },
});

async function* shout(source) {
  for await (const chunk of source) yield chunk.toString().toUpperCase();
}

pipeline(Readable.from(['a', 'b']), shout, new PassThrough(), sink, async (err) => {
  console.log(err, out.join());

  const streams = [Readable.from(['a', 'b']), new PassThrough(), new PassThrough()];
  const failing = new Writable({
    write(chunk, encoding, callback) {
      callback(new Error('disk full'));
    },
  });
  pipeline(...streams, failing, async (err) => {
    console.log(err.message, streams.map((stream) => stream.destroyed).join());

    const count = await pipelinePromise(['x', 'y', 'z'], async (source) => {
      let n = 0;
      for await (const chunk of source) n += chunk.length;
      return n;
    });
    console.log('count', count);

    const controller = new AbortController();
    const aborted = pipelinePromise(new Readable({ read() {} }), new PassThrough(), {
      signal: controller.signal,
    });
    controller.abort();
    await aborted.catch((err) => console.log(err.name, err.code));
  });
});

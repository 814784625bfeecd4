// A loop over a stream has a chunk before the stream says that it has ended, also where both came together.
'use strict';
const { Readable } = require('stream');

const stream = new Readable({ read() {} });
stream.on('end', () => console.log('end'));
stream.on('close', () => console.log('close'));
(async () => {
  for await (const chunk of stream) console.log(chunk.toString());
  console.log('done');
})();
setImmediate(() => {
  stream.push('chunk');
  stream.push(null);
});

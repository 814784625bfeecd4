'use strict';
// `for await` ends with the stream, destroys it when it is left, and throws the stream's error.
const { Readable } = require('stream');

(async () => {
  const all = [];
  for await (const chunk of Readable.from([1, 2, 3])) all.push(chunk);
  console.log(all.join());

  const left = Readable.from([1, 2, 3]);
  for await (const chunk of left) {
    console.log('left at', chunk);
    break;
  }
  console.log('destroyed', left.destroyed);

  const kept = Readable.from([1, 2, 3]);
  for await (const chunk of kept.iterator({ destroyOnReturn: false })) {
    console.log('kept at', chunk);
    break;
  }
  console.log('destroyed', kept.destroyed);
  for await (const chunk of kept) console.log('rest', chunk);

  const failing = new Readable({
    read() {
      this.destroy(new Error('no more'));
    },
  });
  try {
    // eslint-disable-next-line no-unused-vars, no-empty
    for await (const chunk of failing) {}
  } catch (err) {
    console.log(err.message);
  }
})();

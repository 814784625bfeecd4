'use strict';
// The array-like methods of a Readable, lazily and in order.
const { Readable } = require('stream');

const numbers = () => Readable.from([1, 2, 3, 4, 5, 6]);

(async () => {
  console.log(await numbers().map((x) => x * x).toArray());
  console.log(await numbers().filter(async (x) => x % 2).toArray());
  console.log(await numbers().drop(1).take(2).toArray());
  console.log(await numbers().flatMap((x) => [x, -x]).take(4).toArray());
  console.log(await numbers().reduce((sum, x) => sum + x));
  console.log(await numbers().some((x) => x > 5), await numbers().every((x) => x > 5));
  console.log(await numbers().find((x) => x > 2));
  await numbers().take(2).forEach((x) => console.log('each', x));

  let running = 0;
  let most = 0;
  const slow = await numbers().map(async (x) => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
    return x;
  }, { concurrency: 3 }).toArray();
  console.log(slow.join(), 'at most', most);
})();

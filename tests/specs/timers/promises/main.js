'use strict';
// timers/promises: values, signals, the async iterator; util.promisify finds them.
const { promisify } = require('util');
const timers = require('timers/promises');

(async () => {
  console.log(await timers.setTimeout(1, 'later'), await timers.setImmediate('soon'));
  console.log(promisify(setTimeout) === timers.setTimeout, promisify(setImmediate) === timers.setImmediate);
  await timers.setTimeout(3600e3, null, { signal: AbortSignal.abort('no') })
    .catch((err) => console.log(err.name, err.code, err.cause));
  await timers.setTimeout('1').catch((err) => console.log(err.code));

  const controller = new AbortController();
  let count = 0;
  try {
    for await (const value of timers.setInterval(1, 'tick', { signal: controller.signal })) {
      console.log(value, ++count);
      if (count === 2) controller.abort();
    }
  } catch (err) {
    console.log(err.name);
  }
  console.log(await timers.scheduler.wait(1));
})();

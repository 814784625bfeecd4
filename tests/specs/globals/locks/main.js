'use strict';
const { locks } = navigator;
const events = [];

async function main() {
  console.log(require('worker_threads').locks === locks, Object.prototype.toString.call(locks));

  let release;
  const first = locks.request('a', (lock) => {
    events.push(`first ${lock.name} ${lock.mode}`);
    return new Promise((resolve) => { release = resolve; });
  });
  const second = locks.request('a', () => { events.push('second'); });
  const none = locks.request('a', { ifAvailable: true }, (lock) => { events.push(`none ${lock}`); });
  const controller = new AbortController();
  const gaveUp = locks.request('a', { signal: controller.signal }, () => { events.push('never'); })
    .catch((error) => events.push(error.name));
  controller.abort();
  const { held, pending } = await locks.query();
  console.log(held.map(({ name, mode }) => `${name} ${mode}`), pending.length > 0);
  release('result');
  console.log(await first);
  await Promise.all([second, none, gaveUp]);
  console.log(events.splice(0).join(', '));

  await Promise.all([
    locks.request('b', { mode: 'shared' }, async () => { events.push('in 1'); await null; events.push('out 1'); }),
    locks.request('b', { mode: 'shared' }, async () => { events.push('in 2'); await null; events.push('out 2'); }),
    locks.request('b', () => { events.push('alone'); }),
  ]);
  console.log(events.splice(0).join(', '));

  const robbed = locks.request('c', () => new Promise(() => {})).catch((error) => error.name);
  console.log(await locks.request('c', { steal: true }, () => 'stolen'), await robbed);

  for (const attempt of [
    ['-d', () => {}],
    ['d', { mode: 'odd' }, () => {}],
    ['d', { steal: true, ifAvailable: true }, () => {}],
    ['d', 5],
    ['d', () => { throw new RangeError('mine'); }],
  ]) {
    await locks.request(...attempt).catch((error) => console.log(error.name, error.message));
  }
}
main();

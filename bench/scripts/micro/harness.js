'use strict';
// Times pieces of work: `bench(name, work)` where `work(n)` does it n times, now or until its promise settles. `run()` measures all and prints one line
// of JSON: for each name the nanoseconds per time, [by the clock, of the processor], the best of some samples each.

const SAMPLE_MS = 60;
const SAMPLES = 6;
const all = [];

function bench(name, work) {
  all.push({ name, work });
}

async function sample(work, n) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const pending = work(n);
  if (pending !== undefined) await pending;
  const wall = performance.now() - start;
  const used = process.cpuUsage(cpu);
  return { wall, cpu: (used.user + used.system) / 1000 };
}

async function measure(work) {
  let n = 1;
  let last = await sample(work, n);
  while (last.wall < SAMPLE_MS / 4) {
    n = last.wall < 1 ? n * 8 : Math.ceil(n * Math.min(8, SAMPLE_MS / last.wall));
    last = await sample(work, n);
  }
  n = Math.max(1, Math.ceil(n * SAMPLE_MS / last.wall));
  let wall = Infinity;
  let cpu = Infinity;
  for (let i = 0; i < SAMPLES; i++) {
    const taken = await sample(work, n);
    wall = Math.min(wall, taken.wall);
    cpu = Math.min(cpu, taken.cpu);
  }
  return [wall / n * 1e6, cpu / n * 1e6];
}

async function run() {
  const only = process.argv[2];
  const results = {};
  for (const { name, work } of all) {
    if (only === undefined || name.includes(only)) results[name] = await measure(work);
  }
  console.log(JSON.stringify(results));
}

module.exports = { bench, run };

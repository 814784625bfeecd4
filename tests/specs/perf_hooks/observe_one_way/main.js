'use strict';
const { PerformanceObserver } = require('perf_hooks');

for (const [first, second] of [
  [{ type: 'mark' }, { entryTypes: ['mark'] }],
  [{ entryTypes: ['mark'] }, { type: 'mark' }],
]) {
  const observer = new PerformanceObserver(() => {});
  observer.observe(first);
  try {
    observer.observe(second);
  } catch (error) {
    console.log(error.name, error.message);
  }
}

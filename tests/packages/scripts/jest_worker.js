'use strict';
const { Worker } = require('jest-worker');

(async () => {
  const workers = new Worker(require.resolve('./parts/child.js'), { numWorkers: 2, enableWorkerThreads: false });
  console.log(await Promise.all([workers.add(1, 2), workers.add(3, 4), workers.fail().catch((err) => err.message)]));
  console.log(await workers.end());
})();

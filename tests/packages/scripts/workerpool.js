'use strict';
const workerpool = require('workerpool');

(async () => {
  const pool = workerpool.pool({ workerType: 'process', maxWorkers: 2 });
  const failing = () => {
    throw new Error('no');
  };
  console.log(await pool.exec((a, b) => a * b, [3, 4]), await pool.exec(failing, []).catch((err) => err.message));
  await pool.terminate();
})();

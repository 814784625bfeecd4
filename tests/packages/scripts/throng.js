'use strict';
const throng = require('throng');

throng({
  count: 2,
  grace: 1000,
  master: () => console.log('primary'),
  worker(id, disconnect) {
    console.log(`worker ${id}`);
    process.once('SIGTERM', () => {
      console.log(`worker ${id} stops`);
      disconnect();
    });
    if (id === 2) setTimeout(() => process.kill(process.ppid, 'SIGTERM'), 500);
  },
});

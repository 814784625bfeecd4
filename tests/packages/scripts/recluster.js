'use strict';
// A reload without a refused connection: every answer comes from the workers of before, or of after.
const cluster = require('cluster');
const http = require('http');
const recluster = require('recluster');

const PORT = 18123;
const workers = recluster(__filename.replace('recluster.js', 'parts/answer_pid.js'), { workers: 2, timeout: 1, log: {} });
workers.run();

const ask = () => new Promise((resolve) => {
  http.get({ port: PORT, agent: false }, (res) => res.setEncoding('utf8').on('data', resolve)).on('error', (err) => resolve(err.code));
});
const askMany = async () => Promise.all(Array.from({ length: 10 }, ask));

let listening = 0;
cluster.on('listening', async () => {
  if (++listening !== 2) return;
  const before = new Set(await askMany());
  workers.reload(async () => {
    const after = new Set(await askMany());
    console.log(before.size, after.size, [...after].some((pid) => before.has(pid)));
    workers.terminate();
    setTimeout(() => process.exit(0), 200);
  });
});

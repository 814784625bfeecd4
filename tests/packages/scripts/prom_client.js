'use strict';
// Metrics of all workers, gathered by the primary.
const cluster = require('cluster');
const { AggregatorRegistry, Counter, collectDefaultMetrics } = require('prom-client');

const registry = new AggregatorRegistry();
if (cluster.isPrimary) {
  let ready = 0;
  cluster.fork();
  cluster.fork();
  cluster.on('message', async (worker, message) => {
    if (message !== 'ready' || ++ready < 2) return;
    const metrics = await registry.clusterMetrics();
    console.log(metrics.split('\n').filter((line) => line.startsWith('hits')).join('\n'));
    for (const one of Object.values(cluster.workers)) one.disconnect();
  });
} else {
  collectDefaultMetrics();
  new Counter({ name: 'hits', help: 'how many' }).inc(cluster.worker.id);
  process.send('ready');
}

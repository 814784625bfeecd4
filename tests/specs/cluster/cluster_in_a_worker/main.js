// A worker is no primary, but what it starts as a program of its own may be one.
const cluster = require('cluster');
const { spawn } = require('child_process');

if (process.argv[2] === 'inner' && cluster.isPrimary) {
  console.log('inner primary', cluster.isWorker, cluster.worker);
  cluster.fork().on('exit', () => console.log('inner worker ended'));
} else if (process.argv[2] === 'inner') {
  console.log('inner worker', cluster.worker.id);
  process.exit();
} else if (cluster.isWorker) {
  console.log('outer worker', cluster.worker.id, 'NODE_UNIQUE_ID' in process.env, typeof cluster.fork);
  spawn(process.execPath, [__filename, 'inner'], { stdio: 'inherit' }).on('exit', () => process.exit());
} else {
  cluster.fork();
}

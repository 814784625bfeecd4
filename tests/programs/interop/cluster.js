// A primary on one runtime with workers on another: cluster.js rr|none EXEC_PATH[,EXEC_PATH]. Prints `ok` when every worker has served.
'use strict';
const assert = require('assert');
const cluster = require('cluster');
const fs = require('fs');
const net = require('net');

const CONNECTIONS = 12;

if (cluster.isPrimary) {
  const [policy, paths] = process.argv.slice(2);
  cluster.schedulingPolicy = policy === 'rr' ? cluster.SCHED_RR : cluster.SCHED_NONE;
  const execPaths = paths.split(',').length === 2 ? paths.split(',') : [paths, paths];
  for (const execPath of execPaths) {
    // What a cluster starts: it has no setting for this in Node.
    process.execPath = execPath;
    cluster.setupPrimary({ execArgv: [], serialization: process.argv[4] });
    cluster.fork({ EXPECTED_EXEC_PATH: execPath });
  }
  let listening = 0;
  let exited = 0;
  cluster.on('listening', (worker, address) => {
    if (++listening === execPaths.length) connect(address.port, new Map(), 0);
  });
  cluster.on('exit', (worker, code, signal) => {
    assert.deepStrictEqual([code, signal, worker.exitedAfterDisconnect], [0, null, true]);
    if (++exited === execPaths.length) console.log('ok');
  });

  function connect(port, served, done) {
    if (done === CONNECTIONS) {
      const counts = [...served.values()];
      if (policy === 'rr') assert.deepStrictEqual(counts, [CONNECTIONS / 2, CONNECTIONS / 2]);
      assert.strictEqual(counts.reduce((a, b) => a + b), CONNECTIONS);
      cluster.disconnect();
      return;
    }
    let pid = '';
    net.connect(port, '127.0.0.1').setEncoding('utf8').on('data', (text) => { pid += text; }).on('close', () => {
      served.set(pid, (served.get(pid) ?? 0) + 1);
      connect(port, served, done + 1);
    });
  }
} else {
  // Or this would prove nothing.
  assert.strictEqual(fs.realpathSync(process.execPath), fs.realpathSync(process.env.EXPECTED_EXEC_PATH));
  net.createServer((socket) => socket.end(String(process.pid))).listen(0, '127.0.0.1');
}

'use strict';
// A worker that is killed between its question for a server and the answer is no error of the primary's: it hears of the exit, and goes on.
const cluster = require('cluster');
const http = require('http');

function busy(msecs) {
  for (const end = Date.now() + msecs; Date.now() < end;);
}

if (cluster.isPrimary) {
  cluster.once('online', (worker) => {
    // By now it has asked.
    busy(400);
    worker.process.kill('SIGKILL');
    busy(100);
  });
  cluster.once('exit', (worker, code, signal) => {
    console.log(signal);
    cluster.fork().on('listening', (address) => {
      console.log('another listens');
      http.get({ port: address.port, agent: false }, (res) => {
        res.resume();
        res.on('end', () => cluster.disconnect());
      });
    });
  });
  cluster.fork();
} else {
  http.createServer((req, res) => res.end()).listen(0);
}

'use strict';
// Nothing keeps a request that is over, not even the last one.
const http = require('http');
const v8 = require('v8');
const vm = require('vm');

v8.setFlagsFromString('--expose-gc');
const gc = vm.runInNewContext('gc');
const registry = new FinalizationRegistry((what) => {
  console.log(what);
  clearInterval(collecting);
});
let collecting;

const server = http.createServer((req, res) => res.end());
function request() {
  const req = http.get({ port: server.address().port, agent: false }, (res) => res.resume());
  registry.register(req, 'the request is gone');
  req.on('close', () => server.close(() => { collecting = setInterval(gc, 20); }));
}
server.listen(0, request);

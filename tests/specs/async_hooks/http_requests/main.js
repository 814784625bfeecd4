'use strict';
// Requests are resources, on both sides, which end with their exchange.
const { createHook } = require('async_hooks');
const http = require('http');

const types = new Map();
const ended = [];
createHook({
  init(id, type) {
    if (type.startsWith('HTTP')) types.set(id, type);
  },
  destroy(id) {
    if (types.has(id)) ended.push(types.get(id));
  },
}).enable();

const server = http.createServer((req, res) => res.end('hello')).listen(0, () => {
  const { port } = server.address();
  const get = (next) => http.get({ port, agent: false }, (res) => res.resume().on('end', next));
  get(() => get(() => server.close()));
});
process.on('exit', () => {
  console.log([...types.values()].sort());
  console.log(ended.sort());
});

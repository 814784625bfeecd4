'use strict';
// Modules of which parts are not there load all the same; using such a part is an error that names it.
const { isBuiltin } = require('module');

for (const name of ['crypto', 'http2', 'https', 'inspector', 'repl', 'tls', 'zlib']) {
  console.log(name, isBuiltin(name), typeof require(name), require(`node:${name}`) === require(name));
}

const crypto = require('crypto');
class Mine extends crypto.DiffieHellman {}
console.log({} instanceof crypto.DiffieHellman, require('https').globalAgent.defaultPort, require('inspector').url());
for (const use of [
  () => new Mine(),
  () => require('tls').createServer({ pskCallback() {} }),
  () => require('http2').connect('http://localhost'),
  () => require('crypto').getDiffieHellman('modp1'),
  () => require('inspector').open(),
]) {
  try {
    use();
  } catch (err) {
    console.log(err.code, err.message);
  }
}
console.log(typeof EventSource);

import('https').then(({ Agent, request }) => console.log(typeof Agent, typeof request));

'use strict';
// What a server says no with, and what no server is asked.
const { promises: { Resolver } } = require('dns');
const { reply, serve } = require('../name_server.js');

let asked = 0;
serve((query) => {
  asked++;
  return reply(query, [], { code: Number.parseInt(query.name, 10) });
}, async (server, address) => {
  const resolver = new Resolver();
  resolver.setServers([address]);
  for (let code = 0; code <= 5; code++) {
    await resolver.resolve4(`${code}.example`).catch((err) => console.log(err.message, err.code, err.syscall, err.hostname, err.errno));
  }
  console.log('asked:', asked);
  for (const name of ['a..b', 'x'.repeat(64), 'hidden.onion']) {
    await resolver.resolve4(name).catch((err) => console.log(err.message));
  }
  console.log('asked:', asked);
  server.close();
});

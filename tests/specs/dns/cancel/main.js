'use strict';
// cancel() ends what is under way, in order; servers stay while there is something.
const { Resolver } = require('dns');
const { serve } = require('../name_server.js');

let asked = 0;
let resolver;
serve(() => {
  if (++asked < 3) return undefined;
  try {
    resolver.setServers(['127.0.0.1']);
  } catch (err) {
    console.log(err.code, err.message);
  }
  resolver.cancel();
  console.log('cancelled');
  return undefined;
}, (server, address) => {
  resolver = new Resolver();
  resolver.setServers([address]);
  let left = 3;
  for (const name of ['a.example', 'b.example', 'c.example']) {
    resolver.resolveMx(name, (err) => {
      console.log(err.code, err.syscall, err.hostname, err.message);
      if (--left > 0) return;
      resolver.setServers(['127.0.0.1']);
      console.log(resolver.getServers());
      server.close();
    });
  }
});

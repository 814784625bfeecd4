'use strict';
// A server that is silent, and one that is not there: the next is asked. What all have in common is the error.
const { Resolver } = require('dns');
const { reply, serve } = require('../name_server.js');

serve((query) => (query.name === 'example.org' ? reply(query, [{ type: 1, data: Buffer.from([1, 2, 3, 4]) }]) : undefined), (good, goodAddress) => {
  serve(() => undefined, (silent, silentAddress) => {
    serve(() => undefined, (gone, goneAddress) => {
      gone.close(() => {
        const resolver = new Resolver({ timeout: 40, tries: 1 });
        resolver.setServers([silentAddress, goneAddress, goodAddress]);
        resolver.resolve4('example.org', (err, addresses) => {
          console.log(err, addresses);
          resolver.resolve4('other.example', (err) => {
            console.log(err.message);
            resolver.setServers([goneAddress]);
            resolver.resolve4('other.example', (err) => {
              console.log(err.message);
              good.close();
              silent.close();
            });
          });
        });
      });
    });
  });
});

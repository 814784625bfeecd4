'use strict';
// Records of all types, by their own methods and as resolveAny() has them.
const { promises: { Resolver } } = require('dns');
const { name, reply, serve, text, uint16, uint32 } = require('../name_server.js');

const records = {
  resolve4: { type: 1, ttl: 7, data: Buffer.from([1, 2, 3, 4]) },
  resolve6: { type: 28, ttl: 8, data: Buffer.from('20010db8000000000000000000000001', 'hex') },
  resolveCname: { type: 5, data: name('other.example') },
  resolveMx: { type: 15, data: Buffer.concat([uint16(10), name('mail.example')]) },
  resolveNs: { type: 2, data: name('ns.example') },
  resolveTxt: { type: 16, data: Buffer.concat([text('one'), text('two')]) },
  resolveSrv: { type: 33, data: Buffer.concat([uint16(1, 2, 443), name('srv.example')]) },
  resolvePtr: { type: 12, data: name('ptr.example') },
  resolveNaptr: { type: 35, data: Buffer.concat([uint16(3, 4), text('S'), text('SIP+D2U'), text(''), name('sip.example')]) },
  resolveSoa: { type: 6, data: Buffer.concat([name('ns.example'), name('admin.example'), uint32(1, 2, 3, 4, 5)]) },
  resolveTlsa: { type: 52, data: Buffer.from([3, 1, 1, 0xab, 0xcd]) },
  resolveCaa: { type: 257, data: Buffer.concat([Buffer.from([128]), text('issue'), Buffer.from('ca.example')]) },
};

serve((query) => {
  const all = Object.values(records);
  return reply(query, query.type === 255 ? all : all.filter(({ type }) => type === query.type));
}, async (server, address) => {
  const resolver = new Resolver();
  resolver.setServers([address]);
  for (const method of Object.keys(records)) console.log(method, await resolver[method]('example.org'));
  console.log(await resolver.resolve4('example.org', { ttl: true }), await resolver.resolve6('example.org', { ttl: true }));
  console.log(await resolver.resolve('example.org', 'MX'), await resolver.resolve('example.org'));
  console.log(await resolver.reverse('192.0.2.9'));
  console.log((await resolver.resolveAny('example.org')).map(({ type }) => type).join());
  server.close();
});

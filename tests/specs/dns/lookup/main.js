'use strict';
// Addresses need no look-up; names are looked up in the context of who asks.
const { AsyncLocalStorage } = require('async_hooks');
const dns = require('dns');
const { promisify } = require('util');

const storage = new AsyncLocalStorage();
const order = [];
dns.lookup('127.0.0.1', (err, address, family) => order.push([err, address, family]));
dns.lookup('::1', { all: true }, (err, addresses) => order.push([err, addresses]));
order.push('later');
setImmediate(async () => {
  console.log(order);
  storage.run('mine', () => {
    dns.lookup('localhost', 4, (err, address, family) => {
      console.log(err, address, family, storage.getStore());
      dns.lookup('name.invalid', (err) => console.log(err.code, err.syscall, err.hostname, err.message === `getaddrinfo ${err.code} name.invalid`));
    });
  });
  console.log(await promisify(dns.lookup)('127.0.0.1'), await dns.promises.lookup('127.0.0.1', { all: true }));
  for (const bad of ['', null]) await dns.promises.lookup(bad).catch((err) => console.log(err.code, err.message));
  try {
    dns.lookup('a', { family: 5 }, () => {});
  } catch (err) {
    console.log(err.code, err.message);
  }
});

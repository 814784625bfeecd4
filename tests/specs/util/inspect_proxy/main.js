'use strict';
// A proxy is shown as its target, without asking its handler.
const { inspect } = require('util');

const handler = { get() { throw new Error('asked'); }, ownKeys() { throw new Error('asked'); } };
const proxy = new Proxy({ a: 1 }, handler);
console.log(inspect(proxy), inspect(new Proxy(proxy, handler)), inspect(new Proxy([1], {}), { showProxy: true }));
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
console.log(inspect(revoked));

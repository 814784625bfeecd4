'use strict';
// Connections with different passphrases for the same PKCS#12 file have different names.
const { Agent } = require('https');

const agent = new Agent();
const pfx = [{ buf: 'one', passphrase: 'first' }, 'two'];
console.log(agent.getName({ host: 'a', port: 1, pfx, passphrase: 'second' }));
console.log(agent.getName({ host: 'a', port: 1, servername: 'b', rejectUnauthorized: false, sigalgs: 'RSA+SHA256' }));

'use strict';
// NO_PROXY: which requests go their own way. A proxied one says so in its path.
const http = require('http');

function show(exempt, ...hosts) {
  const agent = new http.Agent({ proxyEnv: { HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: exempt } });
  const seen = hosts.map((name) => {
    const [, host, port] = /^(.*?)(?:\/(\d+))?$/.exec(name);
    const req = http.request({ agent, host, port }).on('error', () => {}).destroy();
    return `${name} ${req.path === '/' ? 'direct' : 'proxied'}`;
  });
  console.log(`${exempt}: ${seen.join(', ')}`);
}

show('', 'a');
show('*', 'a');
show('b, *', 'a');
show('A,c d', 'a', 'b', 'c', 'd', 'x.a');
show('.a.b', 'x.a.b', 'a.b', 'xa.b');
show('*.a.b', 'x.a.b', 'a.b', 'xa.b');
show('a:81,b:80', 'a', 'a/81', 'b', 'b/81');
show('127.0.0.1', '127.0.0.1', 'localhost');
show('10.0.0.9-10.0.1.3', '10.0.0.8', '10.0.0.10', '10.0.1.3', '10.0.1.4', 'a');
show('10.0.0.1 - 10.0.0.3', '10.0.0.2');
show('::1', '::1', '::1/81', '::2');
show('[::1]:81', '::1', '::1/81');

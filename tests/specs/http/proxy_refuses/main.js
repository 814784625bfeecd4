'use strict';
// Proxies that are none, and requests that would say one thing to the proxy and another to the server.
const http = require('http');

function tell(what) {
  try {
    const made = what();
    console.log('taken:', made.path ?? made.options.proxyEnv);
    made.on('error', () => {}).destroy();
  } catch (err) {
    console.log(err.name, err.code, err.message.split('\n')[0]);
  }
}

const agentOf = (text) => () => new http.Agent({ proxyEnv: { HTTP_PROXY: text } });
for (const text of ['http://256.0.0.1:80', 'http://:80', 'http://a:port', 'http://us\r\ner@a', 'socks://a', 'a:80']) tell(agentOf(text));

const agent = agentOf('http://127.0.0.1:1')();
for (const options of [
  { headers: { host: 'b' } }, { headers: ['Host', 'b'] }, { port: 81, headers: { host: 'a' } }, { headers: { host: 'x@a' } }, { path: 'http://b/' },
  { path: 'https://a/' }, { path: 'http://user:pass@a/' }, { path: '*' }, { path: 'x' }, { port: 'abc' }, { host: 'a\r\nb' }, { host: 'a\r\nb', setHost: false },
]) tell(() => http.request({ agent, host: 'a', ...options }));

for (const env of [null, [], 'http://a', { http_proxy: 'a' }, { HTTPS_PROXY: 'ftp://a' }]) tell(() => http.setGlobalProxyFromEnv(env));

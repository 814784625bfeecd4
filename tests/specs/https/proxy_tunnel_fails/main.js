'use strict';
// Tunnels that come to nothing: what the proxy said, or that it said nothing in time.
const https = require('https');
const net = require('net');

let answer;
const proxy = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', () => {
    if (answer === undefined) socket.end();
    else socket.write(answer);
  });
});

proxy.listen(0, '127.0.0.1', async () => {
  const { port } = proxy.address();
  const attempt = (text, options, settings) => new Promise((resolve) => {
    answer = text;
    const agent = new https.Agent({ ...settings, proxyEnv: { HTTPS_PROXY: `http://user:pass@127.0.0.1:${port}` } });
    const req = https.get({ agent, host: 'named.invalid', ...options });
    req.on('timeout', () => {
      console.log('timeout');
      req.destroy();
    });
    req.on('error', (err) => {
      console.log(err.code, err.message.replace(port, 'port'), err.statusCode, err.proxyTunnelTimeout);
    });
    req.on('close', resolve);
  });
  await attempt('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  await attempt('NOT HTTP\r\n\r\n');
  await attempt(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`);
  await attempt(undefined);
  await attempt('', { timeout: 20 }, { timeout: 60_000 });
  await attempt('HTTP/1.1 200 OK\r\n', {}, { timeout: 20 });
  await attempt('HTTP/1.1 200 OK\r\n\r\n', { timeout: 20 });
  await attempt('', { host: 'a\r\nb', setHost: false });
  await attempt('HTTP/1.1 200 OK\r\n\r\nno TLS, that is');
  proxy.close();
});

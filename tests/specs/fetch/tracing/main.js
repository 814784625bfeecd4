'use strict';
// Tracing programs hear of a fetch on the channels 'undici:*', and may add headers to it; those of http are silent.
const { subscribe } = require('diagnostics_channel');
const http = require('http');

for (const name of [
  'request:create', 'request:bodyChunkSent', 'request:bodySent', 'request:headers', 'request:bodyChunkReceived', 'request:trailers',
  'request:error', 'client:beforeConnect', 'client:connected', 'client:connectError', 'client:sendHeaders',
]) {
  subscribe(`undici:${name}`, ({ request, response, chunk, headers, error }) => {
    const details = [];
    if (name === 'request:create') {
      request.addHeader('x-trace', 'id');
      details.push(request.method, request.path, request.contentLength, request.contentType);
    }
    if (chunk !== undefined) details.push(Buffer.from(chunk).toString());
    if (headers !== undefined) details.push(headers.includes('x-trace: id\r\n'));
    if (response !== undefined) details.push(response.statusCode, response.statusText, response.headers.slice(0, 2).map(String).join('='));
    if (error !== undefined) details.push(error.code ?? error.message);
    console.log(name, ...details);
  });
}
for (const name of ['created', 'start', 'error']) subscribe(`http.client.request.${name}`, () => console.log('http', name));

const server = http.createServer((req, res) => {
  if (req.url === '/cut') {
    req.socket.destroy();
    return;
  }
  res.setHeader('x-seen', req.headers['x-trace']);
  req.resume().on('end', () => res.end('answer'));
}).listen(0, '127.0.0.1', async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  await (await fetch(`${base}/one?two`, { method: 'POST', body: 'abc', headers: { connection: 'close' } })).text();
  await fetch(`${base}/cut`).catch((err) => console.log(err.message));
  server.close();
  await new Promise((resolve) => server.once('close', resolve));
  await fetch(base).catch((err) => console.log(err.message));
});

'use strict';
// Redirects: which method and headers the next request has, what another origin does not get, and where they end.
const http = require('http');

const echo = (req, res) => {
  let body = '';
  req.setEncoding('utf8').on('data', (text) => { body += text; }).on('end', () => {
    const shown = ['authorization', 'cookie', 'content-type', 'x-own'].filter((name) => req.headers[name]);
    res.end(`${req.method} ${req.url} ${shown} ${body}`);
  });
};
const other = http.createServer(echo);
const server = http.createServer((req, res) => {
  const { pathname, searchParams } = new URL(req.url, 'http://host');
  if (pathname !== '/to') return echo(req, res);
  req.resume();
  res.writeHead(searchParams.get('status') ?? 302, { location: searchParams.get('location') ?? '/end' });
  res.end('moved');
});

server.listen(0, () => other.listen(0, async () => {
  const base = `http://localhost:${server.address().port}`;
  const elsewhere = `http://localhost:${other.address().port}`;
  const show = async (path, init) => {
    try {
      const response = await fetch(base + path, init);
      const url = response.url.replace(base, '').replace(elsewhere, 'elsewhere');
      console.log(response.status, url, response.redirected, response.type, await response.text());
    } catch (err) {
      console.log(`${err.message}: ${err.cause.message}`);
    }
  };
  const headers = { 'authorization': 'a', 'cookie': 'b', 'content-type': 'c/d', 'x-own': 'e' };
  for (const status of [301, 302, 303, 307, 308]) await show(`/to?status=${status}`, { method: 'POST', body: 'text', headers });
  await show('/to?status=303', { method: 'PUT', body: 'text' });
  await show(`/to?location=${elsewhere}/`, { headers });
  await show('/to?location=/end%23hash');
  await show('/to', { redirect: 'manual' });
  await show('/to', { redirect: 'error' });
  await show('/to?location=/to%3Flocation%3D%2Fto');
  await show('/to?location=ftp://host/');
  await show('/to?location=http://');
  await show(`/to?location=${elsewhere.replace('//', '//user:password@')}`);
  server.on('request', () => {}).removeAllListeners('request').on('request', (req, res) => res.writeHead(302, { location: '/' }).end());
  await show('/');
  server.close();
  other.close();
}));

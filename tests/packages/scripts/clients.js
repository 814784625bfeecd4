'use strict';
// HTTP clients: axios, got, supertest.
const http = require('http');
const axios = require('axios');
const supertest = require('supertest');

let failed = false;
const server = http.createServer((req, res) => {
  if (req.url === '/retry' && !failed) {
    failed = true;
    res.writeHead(503).end();
  } else if (req.url === '/redirect') {
    res.writeHead(302, { location: '/json' }).end();
  } else if (req.url === '/json') {
    res.setHeader('content-type', 'application/json');
    res.end('{"a":1}');
  } else {
    req.pipe(res);
  }
}).listen(0, async () => {
  const url = `http://localhost:${server.address().port}`;
  const { default: got } = await import('got');
  console.log(await got(`${url}/json`).json(), (await got(`${url}/redirect`)).body, (await got(`${url}/retry`, { retry: { backoffLimit: 10 } })).statusCode);
  console.log(await got.post(url, { json: { b: 2 } }).text(), await got(url, { timeout: { connect: 1000 } }).text() === '');
  console.log((await axios.get(`${url}/redirect`)).data, (await axios.post(url, { c: 3 })).data, await axios.get('http://localhost:1').catch((err) => err.code));
  console.log((await supertest(server).post('/').type('text').send('four').expect(200)).status);
  server.close();
  server.closeAllConnections();
});

'use strict';
// A server with the middleware that most have, and uploads.
const express = require('express');
const multer = require('multer');

const app = express();
app.use(require('helmet')(), require('compression')({ threshold: 0 }), require('morgan')(':method :url :status'));
app.use(require('express-session')({ secret: 's', resave: false, saveUninitialized: true }), express.json());
app.get('/', (req, res) => res.send('hello '.repeat(100)));
app.post('/json', (req, res) => res.json(req.body));
app.post('/upload', multer({ storage: multer.memoryStorage() }).any(), (req, res) => {
  res.json(req.files.map((file) => [file.originalname, file.size]));
});
app.use('/files', express.static(__dirname));
app.get('/boom', () => {
  throw new Error('boom');
});
app.use((err, req, res, next) => res.status(500).send(err.message));

const server = app.listen(0, async () => {
  const url = `http://localhost:${server.address().port}`;
  const home = await fetch(url);
  console.log(home.status, (await home.text()).length, home.headers.get('content-encoding'), home.headers.get('x-frame-options'));
  const json = await fetch(`${url}/json`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":[1,2]}' });
  console.log(await json.json());
  const file = await fetch(`${url}/files/parts/child.js`);
  console.log(file.status, file.headers.get('content-type'), (await file.text()).length);
  const form = new FormData();
  form.append('one', new Blob(['abc']), 'a.txt');
  console.log(await (await fetch(`${url}/upload`, { method: 'POST', body: form })).json());
  const boom = await fetch(`${url}/boom`);
  console.log(boom.status, await boom.text());
  server.close();
  server.closeAllConnections();
});

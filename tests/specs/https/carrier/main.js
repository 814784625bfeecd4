'use strict';
// The socket below a connection of https is still the connection to who has it: it has the addresses, is not silent while bytes move, and can be ended.
const fs = require('fs');
const https = require('https');

const key = (name) => fs.readFileSync(`${__dirname}/../../tls/keys/${name}`);
const options = { key: key('server.key'), cert: key('server.crt') };

let carrier;
let closed;
const actions = {
  __proto__: null,
  '/slow'(req, res) {
    console.log('addresses', carrier.localPort === server.address().port, carrier.address().port === server.address().port, carrier.remotePort > 0);
    let left = 8;
    const timer = setInterval(() => {
      res.write('x');
      if (--left > 0) return;
      clearInterval(timer);
      res.end();
    }, 100);
  },
  '/silent'(req, res) {
    res.flushHeaders();
  },
  '/end': (req, res) => leave(res, 'end'),
  '/destroySoon': (req, res) => leave(res, 'destroySoon'),
  '/destroy': (req, res) => leave(res, 'destroy'),
  '/resetAndDestroy': (req, res) => leave(res, 'resetAndDestroy'),
};

function leave(res, how) {
  closed = new Promise((resolve) => res.on('close', () => resolve(res.writableFinished)));
  res.write('part');
  setTimeout(() => carrier[how](), 20);
}

const server = https.createServer(options, (req, res) => actions[req.url](req, res));
server.on('connection', (socket) => {
  carrier = socket;
  socket.setTimeout(400, () => {
    console.log('silent');
    socket.destroy();
  });
});

function get(path) {
  return new Promise((resolve) => {
    const req = https.get({ port: server.address().port, path, agent: false, rejectUnauthorized: false }, (res) => {
      let body = '';
      res.on('data', (chunk) => { body += chunk; });
      res.on('end', () => resolve(body));
      res.on('error', (err) => resolve(err.code));
    });
    req.on('error', (err) => resolve(err.code));
  });
}

server.listen(0, async () => {
  for (const path of Object.keys(actions)) console.log(path, await get(path), await closed);
  server.close(() => console.log('end'));
});

'use strict';
// What servers have beside HTTP: tokens, passwords, mail, logs, forms, archives.
const fs = require('fs');
const http = require('http');
const os = require('os');
const path = require('path');
const bcrypt = require('bcryptjs');
const { formidable } = require('formidable');
const jwt = require('jsonwebtoken');
const nodemailer = require('nodemailer');
const pino = require('pino');
const tar = require('tar');
const winston = require('winston');

(async () => {
  const token = jwt.sign({ name: 'bob', iat: 1 }, 'secret');
  console.log(token, jwt.verify(token, 'secret'), bcrypt.compareSync('password', bcrypt.hashSync('password', 4)));

  const mail = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  const sent = await mail.sendMail({ from: 'a@b.c', to: 'd@e.f', subject: 'caf\u00e9', text: 'x', messageId: '<1@x>', date: new Date(0) });
  console.log(String(sent.message));

  pino({ base: null, timestamp: false }, pino.destination({ sync: true })).info({ a: 1 }, 'pino');
  winston.createLogger({ format: winston.format.json(), transports: [new winston.transports.Console()] }).info('winston', { b: 2 });

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'packages-'));
  fs.writeFileSync(path.join(folder, 'a.txt'), 'hello '.repeat(1000));
  await tar.c({ gzip: true, file: path.join(folder, 'a.tgz'), cwd: folder }, ['a.txt']);
  fs.rmSync(path.join(folder, 'a.txt'));
  await tar.x({ file: path.join(folder, 'a.tgz'), cwd: folder });
  console.log(fs.readFileSync(path.join(folder, 'a.txt')).length);
  fs.rmSync(folder, { recursive: true });

  const server = http.createServer(async (req, res) => {
    const [fields, files] = await formidable().parse(req);
    res.end(JSON.stringify([fields, Object.values(files).flat().map((file) => [file.originalFilename, file.size])]));
  }).listen(0, async () => {
    const form = new FormData();
    form.append('key', 'value');
    form.append('file', new Blob(['abc']), 'b.txt');
    console.log(await (await fetch(`http://localhost:${server.address().port}`, { method: 'POST', body: form })).text());
    server.close();
    server.closeAllConnections();
  });
})();

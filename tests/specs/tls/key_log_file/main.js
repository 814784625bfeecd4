'use strict';
// --tls-keylog: both sides of a connection write its secrets to the file.
const fs = require('fs');
const os = require('os');
const path = require('path');
const tls = require('tls');
const { spawnSync } = require('child_process');

if (process.argv[2] === 'child') {
  const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);
  const server = tls.createServer({ key: key('server.key'), cert: key('server.crt'), maxVersion: 'TLSv1.2' }, (socket) => socket.end());
  server.listen(0, () => {
    tls.connect({ port: server.address().port, rejectUnauthorized: false }).resume().on('close', () => server.close());
  });
} else {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-key-log-'));
  const file = path.join(folder, 'keys');
  const { stderr } = spawnSync(process.execPath, [`--tls-keylog=${file}`, __filename, 'child'], { encoding: 'utf8' });
  console.log(stderr.includes(`Using --tls-keylog makes TLS connections insecure by writing secret key material to file ${file}`));
  const lines = fs.readFileSync(file, 'utf8').trim().split('\n');
  console.log(lines.length, lines[0] === lines[1], /^CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}$/.test(lines[0]));
  fs.rmSync(folder, { recursive: true });
}

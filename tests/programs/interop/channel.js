// One end runs on one runtime and forks the other on another: channel.js CASE EXEC_PATH. Prints `ok` when all that was exchanged is right.
'use strict';
const assert = require('assert');
const { fork } = require('child_process');
const dgram = require('dgram');
const fs = require('fs');
const net = require('net');

const [role, execPath] = process.argv.slice(2);
const serialization = role.endsWith('advanced') ? 'advanced' : 'json';

function samples() {
  const plain = [
    'text', '', 0, -1.5, true, null, [1, [2, [3]]],
    { nested: { list: ['caf\u00e9', '\u65e5\u672c', '\u{1f600}', 'line\nbreak', '\u0000'] } },
    'x'.repeat(3_000_000),
    '\u65e5'.repeat(500_000),
  ];
  if (serialization === 'json') return plain;
  return [
    ...plain,
    Buffer.from('buffer'),
    new Uint8Array([1, 2, 3]),
    new Float64Array([1.5, -0]),
    new BigInt64Array([-1n]),
    new Uint16Array([1, 2, 3]).subarray(1),
    { date: new Date(0), map: new Map([[1, new Set(['a'])]]), big: 12345678901234567890n, undef: undefined, re: /x/gi },
    Buffer.alloc(3_000_000, 'abc'),
  ];
}

const parents = {
  'messages-json': messages,
  'messages-advanced': messages,
  'server-json': server,
  'server-advanced': server,
  'socket-json': socket,
  'socket-advanced': socket,
  'datagram-json': datagram,
  'datagram-advanced': datagram,
};
const children = {
  messages() {
    process.on('message', (message) => {
      if (message === 'end') process.disconnect();
      else process.send(message);
    });
  },
  server() {
    process.on('message', (message, handle) => {
      assert.strictEqual(message, 'a server');
      handle.on('connection', (socket) => {
        socket.end('from the child');
        handle.close();
        process.disconnect();
      });
      process.send('listening');
    });
  },
  socket() {
    process.on('message', (message, handle) => {
      if (message === 'end') {
        process.disconnect();
        return;
      }
      handle.setEncoding('utf8').once('data', (text) => handle.end(`${message}: ${text}`));
      handle.resume();
    });
  },
  datagram() {
    process.on('message', (message, handle) => {
      assert.strictEqual(message, 'a datagram socket');
      handle.once('message', (text, { port }) => {
        handle.send(`${text} and back`, port, '127.0.0.1', () => {
          handle.close();
          process.disconnect();
        });
      });
      process.send('bound');
    });
  },
};

function start() {
  const child = fork(__filename, ['child', role.split('-')[0], execPath], { execPath, serialization, execArgv: [] });
  child.on('exit', (code, signal) => assert.deepStrictEqual([code, signal], [0, null]));
  return child;
}

function messages() {
  const child = start();
  const sent = samples();
  for (let i = 0; i < 3000; i++) sent.push({ i });
  let next = 0;
  child.on('message', (message) => {
    assert.deepStrictEqual(message, sent[next++]);
    if (next === sent.length) child.send('end');
  });
  child.on('close', () => {
    assert.strictEqual(next, sent.length);
    console.log('ok');
  });
  for (const message of sent) child.send(message);
}

function server() {
  const child = start();
  const listener = net.createServer(() => assert.fail('this end is closed'));
  let answer = '';
  listener.listen(0, '127.0.0.1', () => {
    const { port } = listener.address();
    child.send('a server', listener, (err) => assert.ok(!err));
    child.on('message', (message) => {
      assert.strictEqual(message, 'listening');
      listener.close(() => {
        net.connect(port, '127.0.0.1').setEncoding('utf8').on('data', (text) => { answer += text; });
      });
    });
  });
  child.on('close', () => setTimeout(() => {
    assert.strictEqual(answer, 'from the child');
    console.log('ok');
  }));
}

function socket() {
  const child = start();
  let sent = 0;
  const listener = net.createServer({ pauseOnConnect: true }, (connection) => {
    child.send('got', connection, (err) => {
      assert.ok(!err);
      // Handles go one at a time; this one was the last.
      if (++sent < 3) return;
      listener.getConnections((err, count) => {
        assert.deepStrictEqual([err, count], [null, 3]);
        for (const client of clients) client.write('hello');
      });
      // The child has the connections: this waits for it.
      listener.close(() => {
        assert.strictEqual(texts.join(), 'got: hello,got: hello,got: hello');
        child.send('end');
      });
    });
  });
  const clients = [];
  const texts = [];
  listener.listen(0, '127.0.0.1', () => {
    for (let i = 0; i < 3; i++) {
      clients.push(net.connect(listener.address().port, '127.0.0.1').setEncoding('utf8').on('data', (text) => texts.push(text)));
    }
  });
  child.on('close', () => console.log('ok'));
}

function datagram() {
  const child = start();
  const socket = dgram.createSocket('udp4');
  const client = dgram.createSocket('udp4');
  let answer = '';
  socket.bind(0, '127.0.0.1', () => {
    const { port } = socket.address();
    child.send('a datagram socket', socket, (err) => assert.ok(!err));
    child.on('message', (message) => {
      assert.strictEqual(message, 'bound');
      socket.close();
      client.on('message', (text) => {
        answer = String(text);
        client.close();
      });
      client.send('there', port, '127.0.0.1');
    });
  });
  client.on('close', () => {
    assert.strictEqual(answer, 'there and back');
    console.log('ok');
  });
}

if (role === 'child') {
  // Or this would prove nothing.
  assert.strictEqual(fs.realpathSync(process.execPath), fs.realpathSync(process.argv[4]));
  children[process.argv[3]]();
}
else parents[role]();

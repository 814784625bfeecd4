// The connection of a last response stays until somebody has read that; a response to HEAD without a length ends its connection.
'use strict';
const http = require('http');
const net = require('net');

let askHead = () => {
  askHead = () => {};
  const agent = new http.Agent({ keepAlive: true });
  http.request({ port: server.address().port, agent, method: 'HEAD' }, (res) => res.resume()).on('close', () => {
    console.log('kept', Object.keys(agent.freeSockets).length);
    server.close();
  }).end();
};

const server = net.createServer((socket) => {
  socket.on('end', () => {
    console.log('end seen');
    askHead();
  });
  socket.once('data', (chunk) => {
    if (`${chunk}`.startsWith('HEAD')) {
      socket.removeAllListeners('end');
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
    } else {
      socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello');
    }
  });
}).listen(0, () => {
  http.get({ port: server.address().port, agent: false }, (res) => {
    res.on('end', () => console.log('response end'));
    setTimeout(() => {
      console.log('reading');
      res.resume();
    }, 20);
  });
});

'use strict';
// Packages that answer requests themselves stand between a socket and its connection: by methods of a subclass, or by ones of their own on the socket
// and its handle. They decide by the request, which is therefore written before there is a connection.
const http = require('http');
const net = require('net');

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

class Written extends net.Socket {
  connect() {
    this.connecting = true;
    return this;
  }

  write(chunk, encoding, callback) {
    console.log('subclass:', JSON.stringify(String(chunk)), this.connecting);
    process.nextTick(() => {
      this.connecting = false;
      this.emit('connect');
      this.push(answer);
    });
    if (typeof callback === 'function') callback();
    return true;
  }
}

// A socket whose handle does not connect before it is told to.
function held() {
  const socket = new net.Socket();
  let connected;
  socket.once('connectionAttempt', () => {
    socket._handle.connect = (request, address, port) => {
      console.log('connect:', address, port, typeof request.oncomplete);
      connected = () => request.oncomplete(0, socket._handle, request, true, true);
    };
  });
  socket._read = () => {};
  socket._writeGeneric = (writev, data, encoding, callback) => {
    console.log('handle:', JSON.stringify(String(data)), socket.connecting);
    setImmediate(() => {
      connected();
      socket.push(answer);
    });
    callback();
  };
  return socket.connect({ host: 'nowhere.invalid', port: 80, lookup: (host, options, callback) => {
    process.nextTick(callback, null, options.all ? [{ address: '127.0.0.1', family: 4 }] : '127.0.0.1', 4);
  } });
}

function request(createConnection, done) {
  http.get({ host: 'nowhere.invalid', createConnection }, (res) => {
    res.setEncoding('utf8').on('data', (text) => console.log(res.statusCode, text)).on('end', done);
  });
}

request(() => new Written().connect(), () => request(held, () => process.exit()));

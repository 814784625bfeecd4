// Bytes that one socket pipes to another arrive whole and in order, however slow the reader is, whoever else listens.
const net = require('net');
const { createHash } = require('crypto');

const SIZE = 6 * 1024 * 1024;
const sent = Buffer.alloc(SIZE);
for (let i = 0; i < SIZE; i++) sent[i] = i * 7 + (i >> 9);
const digest = (buffer) => createHash('sha1').update(buffer).digest('hex');

const lines = [];
process.on('exit', () => console.log(lines.sort().join('\n')));

const target = net.createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
const proxy = net.createServer({ allowHalfOpen: true }, (socket) => {
  const onward = net.connect(target.address().port);
  socket.pipe(onward).pipe(socket);
  let seen = 0;
  let chunks = 0;
  // Somebody listens in after a while.
  const spy = (chunk) => {
    seen += chunk.length;
    if (++chunks === 3) onward.removeListener('data', spy);
  };
  setImmediate(() => onward.on('data', spy));
  socket.on('close', () => {
    lines.push(`proxy read ${socket.bytesRead === SIZE}, wrote ${socket.bytesWritten === SIZE}, spied ${seen > 0 && seen < SIZE}`);
    proxy.close();
    target.close();
  });
});

target.listen(0, () => proxy.listen(0, () => {
  const socket = net.connect(proxy.address().port);
  const received = [];
  let pauses = 0;
  socket.on('data', (chunk) => {
    received.push(chunk);
    if (++pauses > 5) return;
    socket.pause();
    setTimeout(() => socket.resume(), 20);
  });
  socket.on('end', () => {
    const all = Buffer.concat(received);
    lines.push(`length ${all.length === SIZE}, same ${digest(all) === digest(sent)}`);
  });
  socket.end(sent);
}));

// A piped socket whose write() somebody has replaced gets all chunks by it.
const watched = net.createServer((socket) => {
  let bytes = 0;
  const { write } = socket;
  socket.write = function(chunk, ...rest) {
    bytes += chunk.length;
    return write.call(this, chunk, ...rest);
  };
  socket.pipe(socket);
  socket.on('end', () => lines.push(`watched ${bytes}`));
  watched.close();
}).listen(0, () => net.connect(watched.address().port).resume().end('hello'));

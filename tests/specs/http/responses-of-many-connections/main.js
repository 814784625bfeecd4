// Connections share what writes their responses: each gets its own bytes and nothing else, whatever becomes of the others.
const http = require('http');
const net = require('net');

const CONNECTIONS = 24;
const filler = (id) => `<${id}>`.repeat(60_000);

const routes = {
  whole: (id, res) => res.end(`<${id}>`),
  later: (id, res) => setImmediate(() => res.end(`<${id}>`)),
  pieces(id, res) {
    res.write(`<${id}>`);
    setImmediate(() => res.end(`<${id}>`));
  },
  length(id, res) {
    res.writeHead(200, { 'Content-Length': 2 * `<${id}>`.length });
    res.write(`<${id}>`);
    setImmediate(() => res.end(`<${id}>`));
  },
  large: (id, res) => res.end(filler(id)),
  torn(id, res) {
    res.write(filler(id));
    setImmediate(() => res.destroy());
  },
  last(id, res) {
    res.setHeader('Connection', 'close');
    res.end(`<${id}>`);
  },
};

const server = http.createServer((req, res) => {
  const [, route, id] = req.url.split('/');
  routes[route](id, res);
});

server.listen(0, '127.0.0.1', async () => {
  const kinds = ['whole', 'pieces', 'large', 'later', 'length', 'whole'];
  const clients = [];
  for (let id = 100; id < 100 + CONNECTIONS; id++) clients.push(run(id, id % 3 === 0 ? ['torn'] : [...kinds, 'last']));
  const results = await Promise.all(clients);
  console.log(`${results.filter((r) => r.foreign === 0).length} of ${CONNECTIONS} got only what is theirs`);
  console.log(`${results.filter((r) => r.heads === 7).length} of 16 got a head for each request`);
  console.log(`${results.filter((r) => r.own >= 60_000 + 6).length} of 16 got all of it`);
  server.close(() => console.log('closed'));
});

// Sends all requests at once and reads late: what the connection does not take stays with the server.
function run(id, kinds) {
  return new Promise((resolve) => {
    let text = '';
    const socket = net.connect(server.address().port, '127.0.0.1', () => {
      socket.write(kinds.map((kind) => `GET /${kind}/${id} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
      if (id % 2 === 0) {
        socket.pause();
        setTimeout(() => socket.resume(), 20);
      }
    });
    socket.setEncoding('latin1');
    socket.on('data', (piece) => { text += piece; });
    socket.on('error', () => {});
    socket.on('close', () => {
      // Chunks may cut a mark: only marks that are whole count.
      const marks = text.match(/<\d{3}>/g) ?? [];
      resolve({
        own: marks.filter((mark) => mark === `<${id}>`).length,
        foreign: marks.filter((mark) => mark !== `<${id}>`).length,
        heads: text.split('HTTP/1.1 200 OK\r\n').length - 1,
      });
    });
  });
}

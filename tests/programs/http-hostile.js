// A server with short limits for tests/http_hostile.rs. It reads bodies whole, and says how many descriptors it holds.
const fs = require('fs');
const http = require('http');

const server = http.createServer({ headersTimeout: 500, requestTimeout: 1000, connectionsCheckingInterval: 100, keepAliveTimeout: 500 }, (req, res) => {
  if (req.url === '/descriptors') {
    res.end(String(fs.readdirSync('/proc/self/fd').length));
    return;
  }
  req.on('error', () => {});
  req.resume().on('end', () => res.end('fine'));
});
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));

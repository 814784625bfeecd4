// The same as full_http_worker, with somebody who looks at the connections.
const http = require('http');

const { createServer } = http;
http.createServer = (listener) => createServer(listener).on('connection', () => {});
require('../full_http_worker/main.js');

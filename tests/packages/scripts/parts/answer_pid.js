'use strict';
require('http').createServer((req, res) => res.end(String(process.pid))).listen(18123);

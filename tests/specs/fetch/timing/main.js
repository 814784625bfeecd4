'use strict';
// Each fetch over HTTP leaves an entry of the timeline, whether it ended well or not.
const http = require('http');

const server = http.createServer((req, res) => {
  if (req.url === '/from') res.writeHead(302, { location: '/to' });
  res.end('abc');
}).listen(0, '127.0.0.1', async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  await (await fetch(`${base}/from#part`)).text();
  await fetch(base, { method: 'HEAD' });
  await (await fetch('data:,x')).text();
  server.close();
  server.closeAllConnections();
  await fetch(`${base}/gone`).catch(() => {});
  for (const entry of performance.getEntriesByType('resource')) {
    const { name, initiatorType, responseStatus, decodedBodySize, startTime, requestStart, responseStart, responseEnd } = entry;
    console.log(name.replace(base, ''), initiatorType, responseStatus, decodedBodySize, startTime <= responseEnd, requestStart <= responseStart);
  }
});

'use strict';
// A fetch ends with its signal's reason: before it starts, while it waits, while the body comes, while the body goes.
const http = require('http');

const server = http.createServer((req, res) => {
  req.on('error', () => {}).resume();
  if (req.url === '/body') res.write('first');
  if (req.url === '/whole') res.end('whole');
}).listen(0, async () => {
  const base = `http://localhost:${server.address().port}`;
  const show = async (run) => {
    const controller = new AbortController();
    try {
      console.log(await run(controller));
    } catch (err) {
      console.log(err?.name, err?.message ?? err);
    }
  };
  await show((controller) => {
    controller.abort('before');
    return fetch(base, { signal: controller.signal });
  });
  await show((controller) => {
    server.once('request', () => controller.abort());
    return fetch(base, { signal: controller.signal });
  });
  await show(() => fetch(base, { signal: AbortSignal.timeout(10) }));
  await show(async (controller) => {
    const response = await fetch(`${base}/body`, { signal: controller.signal });
    const text = response.text();
    controller.abort(new Error('mine'));
    return text;
  });
  await show(async (controller) => {
    const response = await fetch(`${base}/body`, { signal: controller.signal });
    const reader = response.body.getReader();
    console.log(Buffer.from((await reader.read()).value).toString());
    controller.abort();
    await reader.closed.catch((err) => console.log('closed', err.name));
    return reader.read();
  });
  await show(async (controller) => {
    server.once('request', () => controller.abort(new RangeError('up')));
    const body = new ReadableStream({
      start: (stream) => stream.enqueue(new Uint8Array(1)),
      cancel: (reason) => console.log('cancelled:', reason.message),
    });
    return fetch(base, { method: 'POST', duplex: 'half', body, signal: controller.signal });
  });
  await show(async (controller) => {
    const response = await fetch(`${base}/whole`, { signal: controller.signal });
    const text = await response.text();
    controller.abort();
    return text;
  });
  // On a connection that has had a request before: it is not taken for one that has gone stale, and tried again.
  let requests = 0;
  server.on('request', () => requests++);
  await show((controller) => {
    server.once('request', () => setImmediate(() => controller.abort()));
    return fetch(base, { signal: controller.signal });
  });
  await (await fetch(`${base}/whole`)).text();
  console.log(requests);
  server.close();
  server.closeAllConnections();
});

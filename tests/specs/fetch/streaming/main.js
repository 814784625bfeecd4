'use strict';
// Bodies of any length pass piece by piece, and a reader that stops stops the sender.
const http = require('http');
const PIECE = 64 * 1024;

let written = 0;
const server = http.createServer((req, res) => {
  if (req.method === 'POST') {
    req.pipe(res);
    return;
  }
  const write = () => {
    while (written < 500) {
      written++;
      if (!res.write(Buffer.alloc(PIECE, written & 255))) {
        res.once('drain', write);
        return;
      }
    }
    res.end();
  };
  write();
}).listen(0, async () => {
  const url = `http://localhost:${server.address().port}`;
  const response = await fetch(url);
  const reader = response.body.getReader();
  console.log((await reader.read()).value.constructor.name);
  // Until the sender has stood still for some turns.
  for (let before = -1; before !== written;) {
    before = written;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  console.log('stopped', written < 500);
  let length = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) length += chunk.value.length;
  console.log('rest', length > 400 * PIECE, written);

  let pulled = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (pulled === 300) controller.close();
      else controller.enqueue(new Uint8Array(PIECE).fill(pulled++));
    },
  });
  const echoed = await fetch(url, { method: 'POST', body, duplex: 'half' });
  const [one, two] = [echoed, echoed.clone()];
  const [first, second] = await Promise.all([one.bytes(), two.arrayBuffer()]);
  console.log(first.length === 300 * PIECE, second.byteLength === first.length, first[299 * PIECE] === (299 & 255));

  const bytes = await fetch(url, { method: 'POST', body: 'hello' });
  const byob = bytes.body.getReader({ mode: 'byob' });
  const { value } = await byob.read(new Uint8Array(3));
  console.log(Buffer.from(value).toString(), Buffer.from((await byob.read(new Uint8Array(9))).value).toString());

  const passed = await fetch(url, { method: 'POST', body: (await fetch(url, { method: 'POST', body: 'on' })).body, duplex: 'half' });
  console.log(await passed.text());
  server.close();
});

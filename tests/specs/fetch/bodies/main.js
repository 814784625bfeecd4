'use strict';
// Bodies: what may be one, its media type, reading it in every form, and only once.
const bodies = [
  'text', new Uint8Array([1, 2]), new ArrayBuffer(2), new Blob(['blob'], { type: 'a/b' }), new URLSearchParams({ a: 'b c' }), 5,
  new ReadableStream({ start(controller) { controller.enqueue(new Uint8Array([65])); controller.close(); } }),
  (async function* () { yield 'piece'; yield new Uint8Array([66]); })(),
];

async function main() {
  for (const body of bodies) {
    const response = new Response(body);
    console.log(response.headers.get('content-type'), JSON.stringify(await response.text()), response.bodyUsed);
  }
  console.log(await new Response('{"a":1}').json(), await new Response('ab').arrayBuffer(), await new Response('ab').bytes());
  console.log(await new Response('ab', { headers: { 'content-type': 'Text/HTML; Charset=x' } }).blob());
  console.log(await new Response('\ufeffno mark').text(), JSON.stringify(await new Response(null).text()));
  console.log(await new Response('a=1&b=%20+', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }).formData());
  for await (const text of new Response('é').textStream()) console.log(text);

  const read = new Response('x');
  await read.text();
  console.log(read.body);
  const locked = new Response('x');
  locked.body.getReader();
  const failures = [
    () => read.text(), () => read.clone(), () => locked.json(), () => new Response('{').json(), () => new Response('x').formData(),
    () => new Response(new ReadableStream({ start(controller) { controller.enqueue('x'); } })).text(), () => Response.prototype.text.call({}),
    () => new Response(new ReadableStream({ start(controller) { controller.error(new Error('mine')); } })).bytes(),
    () => new Response(locked.body),
  ];
  for (const call of failures) {
    try {
      await call();
    } catch (err) {
      console.log(`${err.name}: ${err.message}`);
    }
  }
}
main();

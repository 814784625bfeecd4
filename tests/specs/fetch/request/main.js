'use strict';
// Request: what it is made of, what it takes over from another, what it refuses.
const request = new Request('http://host/path?query#hash', { method: 'post', body: 'hi', headers: { a: 'b' }, redirect: 'manual' });
console.log(request);

const other = new Request(request, { headers: { c: 'd' } });
console.log(other.method, [...other.headers], request.bodyUsed, other.bodyUsed);
const clone = other.clone();
Promise.all([other.text(), clone.text()]).then(console.log);

const controller = new AbortController();
const { signal } = new Request('http://host', { signal: controller.signal });
controller.abort('reason');
console.log(signal !== controller.signal, signal.aborted, signal.reason);
console.log(['gEt', 'patch', 'delete'].map((method) => new Request('http://host', { method }).method).join());

const refused = [
  ['/relative'], ['http://u:p@host'], ['http://host', { method: 'a b' }], ['http://host', { method: 'CONNECT' }], ['http://host', { body: 'x' }],
  ['http://host', { method: 'POST', body: new ReadableStream() }], ['http://host', { mode: 'navigate' }], ['http://host', { signal: 1 }],
  ['http://host', { cache: 'only-if-cached' }], ['http://host', { referrer: '/x' }], [], ['http://host', { headers: 1 }],
];
for (const args of refused) {
  try {
    new Request(...args);
  } catch (err) {
    console.log(`${err.name}: ${err.message}`);
  }
}

'use strict';
// Duplex.from(): streams out of generators, promises, functions and pairs.
const { Duplex, PassThrough, compose, duplexPair } = require('stream');
const { text } = require('stream/consumers');

(async () => {
  console.log(await text(Duplex.from(Promise.resolve('promise'))));
  console.log(await text(Duplex.from((function* () {
    yield 'gen';
    yield 'erator';
  })())));

  const upper = Duplex.from(async function* (source) {
    for await (const chunk of source) yield chunk.toString().toUpperCase();
  });
  upper.end('function');
  console.log(await text(upper));

  const through = new PassThrough();
  const pair = Duplex.from({ readable: through, writable: through });
  pair.end('pair');
  console.log(await text(pair));

  const composed = compose(
    async function* (source) {
      for await (const chunk of source) yield `<${chunk}>`;
    },
    new PassThrough());
  composed.end('compose');
  console.log(await text(composed));

  const [a, b] = duplexPair();
  a.end('from a');
  b.end('from b');
  console.log(await text(a), await text(b));
})();

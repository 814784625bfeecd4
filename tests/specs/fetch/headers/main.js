'use strict';
// Headers: names in any case, values joined, cookies apart, iteration in order; what is no name or value is refused.
const headers = new Headers([['B', '1'], ['a', ' 2\t'], ['set-cookie', 'x'], ['b', '3'], ['Set-Cookie', 'y']]);
headers.append('Cookie', 'c=1');
headers.append('cookie', 'd=2');
console.log(headers);
console.log([...headers]);
console.log(headers.get('B'), headers.get('nothing'), headers.has('COOKIE'), headers.getSetCookie());
headers.set('b', 'new');
headers.delete('A');
console.log([...headers.keys()].join(), [...headers.values()].join());
headers.forEach((value, name, all) => console.log(name, value, all === headers));
console.log(new Headers({ a: 1, B: 'x' }), new Headers(new Map([['m', 'n']])), new Headers(headers).get('cookie'));

// What is added on the way is seen.
const seen = [];
const growing = new Headers({ a: 1 });
for (const [name] of growing) {
  seen.push(name);
  if (seen.length < 3) growing.append(`${name}a`, 1);
}
console.log(seen.join());

const refused = [
  () => new Headers(1), () => new Headers([['a']]), () => new Headers([1]), () => new Headers({ 'a b': 1 }), () => new Headers({ a: 'x\ny' }),
  () => new Headers({ a: '\u0100' }), () => headers.append('a'), () => headers.get(), () => headers.set('', 'x'), () => headers.get(Symbol()),
  () => Headers.prototype.get.call({}, 'a'), () => headers.forEach(1), () => Response.error().headers.set('a', 'b'),
];
for (const call of refused) {
  try {
    call();
  } catch (err) {
    console.log(`${err.name}: ${err.message}`);
  }
}

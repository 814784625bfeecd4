'use strict';
// URLSearchParams by itself, and as the query of a URL.
const params = new URLSearchParams([['b', '2'], ['a', '1'], ['b', '3']]);

params.append('c d', 'é+&');
console.log(`${params}`, params.size);
params.sort();
console.log([...params.keys()], params.getAll('b'), params.get('x'), params.has('b', '3'));
params.delete('b', '2');
params.set('a', 'z');
console.log(params);
console.log(new URLSearchParams('?a=%zz&b+c=%41&=&d').toString());
console.log(new URLSearchParams({ x: '1', y: '2' }).entries());

const url = new URL('http://h/?q=1#f');
url.searchParams.append('q', '~');
console.log(url.href);
url.search = '?n=2';
console.log([...url.searchParams]);

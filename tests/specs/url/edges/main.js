'use strict';
// Places where parsers disagree; the standard decides.
const show = (input, base) => console.log(JSON.stringify(input), new URL(input, base).href);

show('///x/y', 'http://example.org/');
show('\\\\/x', 'http://example.org/a');
show('http://h/a^b?c^d#e^f');
show('data:x #y');
show('http://1.1/');
show('web+demo:/.//not-a-host/');
show('http:foo', 'http://example.org/a/b');
show('  http://a\tb/ ');

const url = new URL('web:/x');
url.pathname = '//y';
console.log(url.href, JSON.stringify(url.host));
url.host = 'h';
console.log(url.href);
url.pathname = '';
console.log(url.href);
url.port = '\n';
console.log(url.href, new URL('http://u@h').searchParams.size);

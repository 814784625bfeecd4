'use strict';
// A URL's components, from the text and against a base.
const url = new URL('../x y?q=1#é', 'HTTP://user:p%61ss@EXAMPLE.com:80/a/b');

for (const name of ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname',
  'search', 'hash']) {
  console.log(name, JSON.stringify(url[name]));
}
console.log(new URL('blob:https://a.b/id').origin, new URL('file:///x').origin);
console.log(URL.canParse('x'), URL.canParse('x', 'http://a'), URL.parse('x'), URL.parse('http://A').href);
console.log(JSON.stringify({ url }));

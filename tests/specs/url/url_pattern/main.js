'use strict';

console.log(require('url').URLPattern === URLPattern);

const pattern = new URLPattern('http{s}?://{:sub.}?example.com/books/:id(\\d+)/*?', { ignoreCase: true });
for (const name of ['protocol', 'hostname', 'port', 'pathname', 'search', 'hash', 'hasRegExpGroups']) {
  console.log(name, JSON.stringify(pattern[name]));
}
const { hostname, pathname } = pattern.exec('https://www.example.com/BOOKS/12/notes');
console.log(hostname.groups.sub, pathname.groups.id, pathname.groups[0], pathname.input);
console.log(pattern.test('https://example.com/books/x'), pattern.test('no URL'), pattern.exec('ftp://example.com/books/1'));

const relative = new URLPattern({ pathname: ':file.html', baseURL: 'https://a.example/docs/index' });
console.log(relative.pathname, relative.test({ pathname: '/docs/x.html', protocol: 'https', hostname: 'a.example' }));
console.log(new URLPattern('/x/../:y', 'https://a.example').pathname, new URLPattern({ hostname: 'bücher.example' }).hostname);

for (const attempt of [
  () => new URLPattern('/x'),
  () => new URLPattern({ pathname: '/:a/:a' }),
  () => new URLPattern({ hostname: 'a b' }),
  () => new URLPattern(5),
  () => pattern.test({}, 'https://example.com'),
  () => URLPattern(),
]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

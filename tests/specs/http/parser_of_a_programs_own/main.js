'use strict';
// HTTPParser for bytes that do not come over a connection of http's.
const { HTTPParser, methods } = require('_http_common');

function parser(type, name) {
  const made = new HTTPParser();
  made.initialize(type, {});
  made[HTTPParser.kOnHeaders] = (fields, url) => console.log(name, 'fields', fields.length, url);
  made[HTTPParser.kOnHeadersComplete] = (major, minor, fields, method, url, status, text, upgrade, keepAlive) =>
    console.log(name, `${major}.${minor}`, fields?.join(), methods[method], url, status, text, upgrade, keepAlive);
  made[HTTPParser.kOnBody] = (bytes) => console.log(name, 'body', String(bytes));
  made[HTTPParser.kOnMessageComplete] = () => console.log(name, 'complete');
  return made;
}
const { REQUEST, RESPONSE } = HTTPParser;

const requests = parser(REQUEST, 'requests');
console.log(requests.execute(Buffer.from('POST /x HTTP/1.1\r\nA: b\r\nContent-Length: 2\r\n\r\nhiPUT /chunk')));
requests.execute(Buffer.from('s HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n'));
const error = requests.execute(Buffer.from('no method'));
console.log(error.message, error.code, error.bytesParsed, requests.finish());

const upgrade = parser(REQUEST, 'upgrade');
console.log(upgrade.execute(Buffer.from('GET / HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nnot HTTP')));

const responses = parser(RESPONSE, 'responses');
responses.execute(Buffer.from('HTTP/1.1 204 None\r\n\r\nHTTP/1.1 200 OK\r\n\r\nto the end'));
console.log(responses.finish());
const cut = parser(RESPONSE, 'cut');
cut.execute(Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab'));
console.log(cut.finish().code);

const thrower = parser(REQUEST, 'thrower');
thrower[HTTPParser.kOnHeadersComplete] = () => { throw new Error('from the callback'); };
try {
  thrower.execute(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
} catch (err) {
  console.log(err.message);
}

'use strict';
// A name server for the tests beside this file: what it is asked, and answers of bytes.

const dgram = require('dgram');

function name(text) {
  const labels = text === '' ? [] : text.split('.');
  return Buffer.concat([...labels.map((label) => Buffer.from([label.length, ...Buffer.from(label)])), Buffer.from([0])]);
}

function uint16(...numbers) {
  const buffer = Buffer.alloc(numbers.length * 2);
  numbers.forEach((number, i) => buffer.writeUInt16BE(number, i * 2));
  return buffer;
}

function uint32(...numbers) {
  const buffer = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, i) => buffer.writeUInt32BE(number, i * 4));
  return buffer;
}

// A text behind its length.
function text(value) {
  return Buffer.from([value.length, ...Buffer.from(value)]);
}

function parse(message) {
  const labels = [];
  let at = 12;
  for (; message[at] !== 0; at += message[at] + 1) labels.push(message.toString('latin1', at + 1, at + 1 + message[at]));
  return { id: message.readUInt16BE(0), name: labels.join('.'), type: message.readUInt16BE(at + 1), question: message.subarray(12, at + 5) };
}

// `records`: { type, ttl, data }, all of the name that was asked for.
function reply(query, records, { code = 0, truncated = false } = {}) {
  const flags = 0x8180 | code | (truncated ? 0x0200 : 0);
  const answers = records.map(({ type, ttl = 60, data }) => {
    return Buffer.concat([uint16(0xc00c, type, 1), uint32(ttl), uint16(data.length), data]);
  });
  return Buffer.concat([uint16(query.id, flags, 1, records.length, 0, 0), query.question, ...answers]);
}

// Calls ready(server, 'address:port'); `answer(query)` gives a message or nothing.
function serve(answer, ready) {
  const server = dgram.createSocket('udp4');
  server.on('message', (message, { address, port }) => {
    const bytes = answer(parse(message));
    if (bytes) server.send(bytes, port, address);
  });
  server.bind(0, '127.0.0.1', () => ready(server, `127.0.0.1:${server.address().port}`));
}

module.exports = { name, parse, reply, serve, text, uint16, uint32 };

'use strict';
// The opening of a WebSocket: a request over http or https, and whether the answer agrees. What becomes of the connection is connection.js's.

const { Buffer } = require('buffer');
const { createHash, randomBytes } = require('crypto');
const http = require('http');

// RFC 6455, section 1.3.
const SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

function hasToken(list, token) {
  return (list ?? '').toLowerCase().split(',').some((one) => one.trim() === token);
}

// What is wrong with the server's answer, or undefined.
function complaint(response, key, protocols) {
  const { headers } = response;
  if (headers.upgrade?.toLowerCase() !== 'websocket') return 'the server did not set Upgrade to "websocket"';
  if (!hasToken(headers.connection, 'upgrade')) return 'the server did not set Connection to "upgrade"';
  const digest = createHash('sha1').update(key + SUFFIX).digest('base64');
  if (headers['sec-websocket-accept'] !== digest) return 'incorrect hash received in Sec-WebSocket-Accept';
  if (headers['sec-websocket-extensions']) return 'the server chose an extension that was not offered';
  const protocol = headers['sec-websocket-protocol'];
  if (protocol !== undefined && !protocols.includes(protocol)) return 'the server chose a protocol that was not offered';
  return undefined;
}

// Sends the request. `handler` has onOpen(socket, head, protocol) and onRefused(err), of which one is called unless the request, which is
// returned, is destroyed before. `headers` are names and values in turn.
function open(url, protocols, headers, handler) {
  const secure = url.protocol === 'wss:';
  const key = randomBytes(16).toString('base64');
  const all = ['Host', url.host];
  for (let i = 0; i < headers.length; i += 2) all.push(headers[i], headers[i + 1]);
  all.push('Connection', 'Upgrade', 'Upgrade', 'websocket', 'Sec-WebSocket-Key', key, 'Sec-WebSocket-Version', '13');
  if (protocols.length > 0) all.push('Sec-WebSocket-Protocol', protocols.join(', '));
  all.push('Cache-Control', 'no-cache', 'Pragma', 'no-cache', 'User-Agent', 'node');
  if (url.username || url.password) {
    const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    all.push('Authorization', `Basic ${Buffer.from(user).toString('base64')}`);
  }
  const { hostname } = url;
  const req = (secure ? require('https') : http).request({
    agent: false,
    headers: all,
    host: hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    path: url.pathname + url.search,
    port: url.port || (secure ? 443 : 80),
  });
  let settled = false;
  const refuse = (err) => {
    if (settled) return;
    settled = true;
    handler.onRefused(err);
  };
  req.on('upgrade', (response, socket, head) => {
    const reason = complaint(response, key, protocols);
    if (reason !== undefined) {
      socket.destroy();
      refuse(new Error(reason));
      return;
    }
    settled = true;
    handler.onOpen(socket, head, response.headers['sec-websocket-protocol'] ?? '');
  });
  req.on('response', (response) => {
    req.destroy();
    refuse(new Error(`the server answered ${response.statusCode} where 101 was expected`));
  });
  req.on('error', refuse);
  req.end();
  return req;
}

module.exports = { open };

'use strict';
// The class between TLS and a stream that is no socket, which the package http2-wrapper takes from a TLSSocket's handle, is a net.Socket over that stream.
const { PassThrough, duplexPair } = require('stream');
const net = require('net');
const tls = require('tls');

const JSStreamSocket = new tls.TLSSocket(new PassThrough())._handle._parentWrap.constructor;
const [near, far] = duplexPair();
const socket = new JSStreamSocket(near);
console.log(JSStreamSocket.name, socket instanceof net.Socket);
socket.write('one ');
socket.end('two');
far.setEncoding('utf8');
let seen = '';
far.on('data', (text) => { seen += text; }).on('end', () => {
  console.log('far:', seen);
  far.end('back');
});
socket.on('data', (chunk) => console.log('near:', String(chunk))).on('end', () => console.log('near ended'));

'use strict';
// A tunnel through a proxy: CONNECT, and its answer. What goes through the tunnel then is others' business.

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_CHAR, ERR_PROXY_TUNNEL } } = require('internal/errors');
const { maxHeaderSize } = require('internal/http/limits');
const { nextTick } = require('internal/process/task_queues');

const END = '\r\n\r\n';
const BAD_TARGET = /[\0-\x20\x7f]/;

// callback(err) or callback(null, socket, hold). The time limit, in milliseconds of silence, is still on then: hold(fail) says what happens at its end,
// hold() that there is none any more. `headers` are names and values in turn; `socket` may be on its way to the proxy.
function openTunnel(proxy, socket, target, headers, timeout, callback) {
  if (BAD_TARGET.test(target)) {
    socket.destroy();
    nextTick(callback, new ERR_INVALID_CHAR('proxy tunnel target'));
    return;
  }
  let head = Buffer.alloc(0);
  let onSilence = fail;

  socket.on('data', onData);
  socket.on('end', onEnd);
  socket.on('error', fail);
  socket.on('close', onEnd);
  socket.on('timeout', onTimeout);
  if (timeout > 0) socket.setTimeout(timeout);
  const ask = () => socket.write(connectHead(target, headers), 'latin1');
  if (proxy.isSecure) socket.once('secureConnect', ask);
  else ask();

  function onData(chunk) {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf(END);
    if ((end === -1 ? head.length : end) > maxHeaderSize()) {
      fail(new ERR_PROXY_TUNNEL(`Proxy response headers exceeded ${maxHeaderSize()} bytes`));
      return;
    }
    if (end === -1) return;
    const statusLine = head.latin1Slice(0, head.indexOf('\r\n'));
    const [version, status] = statusLine.split(' ', 2);
    if (!version.startsWith('HTTP/') || status !== '200') {
      const err = new ERR_PROXY_TUNNEL(`Failed to establish tunnel to ${target} via ${proxy.origin}: ${statusLine}`);
      err.statusCode = Number.parseInt(status, 10);
      fail(err);
      return;
    }
    stopListening();
    socket.pause();
    // The server's first bytes may have come along.
    if (end + END.length < head.length) socket.unshift(head.subarray(end + END.length));
    callback(null, socket, hold);
  }

  function onEnd() {
    fail(new ERR_PROXY_TUNNEL('Connection to establish proxy tunnel ended unexpectedly'));
  }

  function onTimeout() {
    const err = new ERR_PROXY_TUNNEL(`Connection to establish proxy tunnel timed out after ${timeout}ms`);
    err.proxyTunnelTimeout = timeout;
    onSilence(err);
  }

  function fail(err) {
    stopListening();
    hold();
    socket.on('error', () => {});
    socket.destroy();
    callback(err);
  }

  function stopListening() {
    socket.removeListener('data', onData);
    socket.removeListener('end', onEnd);
    socket.removeListener('error', fail);
    socket.removeListener('close', onEnd);
  }

  function hold(failure) {
    if (failure !== undefined) {
      onSilence = failure;
      return;
    }
    socket.removeListener('timeout', onTimeout);
    socket.setTimeout(0);
  }
}

function connectHead(target, headers) {
  let text = `CONNECT ${target} HTTP/1.1\r\n`;
  for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
  return `${text}host: ${target}${END}`;
}

module.exports = { openTunnel };

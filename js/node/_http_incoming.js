'use strict';
// require('_http_incoming'): an older name for a part of http.

const { IncomingMessage } = require('internal/http/incoming');

function readStart(socket) {
  if (socket && !socket._paused && socket.readable) socket.resume();
}

function readStop(socket) {
  if (socket) socket.pause();
}

module.exports = { IncomingMessage, readStart, readStop };

'use strict';
// The diagnostics channels of HTTP. They are made with the first server or request of a process: a snapshot cannot hold them.

const { channel } = require('diagnostics_channel');

const none = { hasSubscribers: false, publish() {} };

const diagnostics = {
  started: none,
  created: none,
  finished: none,
  clientCreated: none,
  clientStarted: none,
  clientError: none,
  clientFinished: none,
  ensure,
};

function ensure() {
  if (diagnostics.started !== none) return;
  diagnostics.started = channel('http.server.request.start');
  diagnostics.created = channel('http.server.response.created');
  diagnostics.finished = channel('http.server.response.finish');
  diagnostics.clientCreated = channel('http.client.request.created');
  diagnostics.clientStarted = channel('http.client.request.start');
  diagnostics.clientError = channel('http.client.request.error');
  diagnostics.clientFinished = channel('http.client.response.finish');
}

module.exports = diagnostics;

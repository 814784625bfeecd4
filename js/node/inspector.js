'use strict';

// The public 'inspector' module: sessions of the program with itself. No address is listened on, and nobody connects from outside.

const { codes: { ERR_INSPECTOR_NOT_ACTIVE, ERR_INSPECTOR_NOT_AVAILABLE } } = require('internal/errors');
const { Session } = require('internal/inspector/session');

function open() {
  throw new ERR_INSPECTOR_NOT_AVAILABLE();
}

function close() {}

function url() {
  return undefined;
}

function waitForDebugger() {
  throw new ERR_INSPECTOR_NOT_ACTIVE();
}

module.exports = { open, close, url, waitForDebugger, console, Session };

'use strict';

// The public 'inspector' module of a program that has no inspector: nobody can connect, and no address is listened on.

const { EventEmitter } = require('events');
const { codes: { ERR_INSPECTOR_NOT_ACTIVE, ERR_INSPECTOR_NOT_AVAILABLE } } = require('internal/errors');

class Session extends EventEmitter {
  constructor() {
    super();
    throw new ERR_INSPECTOR_NOT_AVAILABLE();
  }
}

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

module.exports = { open, close, url, waitForDebugger, console: {}, Session };

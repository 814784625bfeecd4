'use strict';
// CloseEvent and ErrorEvent.

const { Event } = require('internal/event_target');
const { defineInterface, requireArguments, toDictionary, toUSVString } = require('internal/fetch/webidl');

class CloseEvent extends Event {
  #wasClean;
  #code;
  #reason;

  constructor(type, init = undefined) {
    requireArguments(arguments.length, 1, 'CloseEvent constructor');
    const { wasClean = false, code = 0, reason = '' } = toDictionary(init, 'CloseEvent constructor');
    super(`${type}`, init ?? undefined);
    this.#wasClean = Boolean(wasClean);
    // An unsigned short.
    this.#code = Number(code) & 0xffff;
    this.#reason = toUSVString(reason);
  }

  get wasClean() {
    return this.#wasClean;
  }

  get code() {
    return this.#code;
  }

  get reason() {
    return this.#reason;
  }
}
defineInterface(CloseEvent);

class ErrorEvent extends Event {
  #message;
  #filename;
  #lineno;
  #colno;
  #error;

  constructor(type, init = undefined) {
    requireArguments(arguments.length, 1, 'ErrorEvent constructor');
    const { message = '', filename = '', lineno = 0, colno = 0, error = null } = toDictionary(init, 'ErrorEvent constructor');
    super(`${type}`, init ?? undefined);
    this.#message = `${message}`;
    this.#filename = toUSVString(filename);
    this.#lineno = Number(lineno) >>> 0;
    this.#colno = Number(colno) >>> 0;
    this.#error = error;
  }

  get message() {
    return this.#message;
  }

  get filename() {
    return this.#filename;
  }

  get lineno() {
    return this.#lineno;
  }

  get colno() {
    return this.#colno;
  }

  get error() {
    return this.#error;
  }
}
defineInterface(ErrorEvent);

module.exports = { CloseEvent, ErrorEvent };

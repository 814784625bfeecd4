'use strict';

// A session of V8's inspector with the program itself, and what is measured by one: coverage and CPU profiles.

const {
  codes: {
    ERR_INSPECTOR_ALREADY_CONNECTED, ERR_INSPECTOR_CLOSED, ERR_INSPECTOR_COMMAND, ERR_INSPECTOR_NOT_CONNECTED, ERR_INSPECTOR_NOT_WORKER,
  },
} = require('internal/errors');
const { EventEmitter } = require('events');
const { validateFunction, validateObject, validateString } = require('internal/validators');

class Session extends EventEmitter {
  #id;
  #lastCall = 0;
  #waiting = new Map();

  connect() {
    if (this.#id !== undefined) throw new ERR_INSPECTOR_ALREADY_CONNECTED('The inspector session');
    this.#id = ops.op_os_inspector_connect((text) => this.#hear(text));
  }

  connectToMainThread() {
    throw new ERR_INSPECTOR_NOT_WORKER();
  }

  #hear(text) {
    const message = JSON.parse(text);
    if (message.id === undefined) {
      this.emit(message.method, message);
      this.emit('inspectorNotification', message);
      return;
    }
    const callback = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (callback === undefined) return;
    if (message.error === undefined) callback(null, message.result);
    else callback(new ERR_INSPECTOR_COMMAND(message.error.code, message.error.message));
  }

  post(method, params, callback) {
    validateString(method, 'method');
    if (callback === undefined && typeof params === 'function') {
      callback = params;
      params = null;
    }
    if (params) validateObject(params, 'params');
    if (callback !== undefined) validateFunction(callback, 'callback');
    if (this.#id === undefined) throw new ERR_INSPECTOR_NOT_CONNECTED();
    const message = { id: ++this.#lastCall, method };
    if (params) message.params = params;
    if (callback) this.#waiting.set(message.id, callback);
    for (const text of ops.op_os_inspector_dispatch(this.#id, JSON.stringify(message))) this.#hear(text);
  }

  disconnect() {
    if (this.#id === undefined) return;
    ops.op_os_inspector_disconnect(this.#id);
    this.#id = undefined;
    for (const callback of this.#waiting.values()) process.nextTick(callback, new ERR_INSPECTOR_CLOSED());
    this.#waiting.clear();
  }
}

// The answer to a message that V8 answers at once.
function ask(session, method, params) {
  let answer;
  session.post(method, params, (error, result) => {
    if (error) throw error;
    answer = result;
  });
  return answer;
}

module.exports = { Session, ask };

'use strict';
// The global console: it writes to the process's streams, which are made when the first message needs them.

const { Console, bindMethods, setUp } = require('internal/console/constructor');
const { makeErrorHandler } = require('internal/console/output');
const { methods } = require('internal/console/methods');

const globalConsole = Object.create({});

// A stream that is looked up when it is asked for, unless the user has put another in its place.
function defineStream(name) {
  let replaced;
  Object.defineProperty(globalConsole, `_${name}`, {
    __proto__: null,
    get() {
      return replaced ?? process[name];
    },
    set(stream) {
      replaced = stream;
    },
    enumerable: false,
    configurable: true,
  });
}

function defineErrorHandler(name) {
  let handler;
  Object.defineProperty(globalConsole, `_${name}ErrorHandler`, {
    __proto__: null,
    get() {
      return handler ??= makeErrorHandler(globalConsole[`_${name}`]);
    },
    enumerable: false,
    configurable: true,
  });
}

bindMethods(globalConsole, methods);
setUp(globalConsole, true, 'auto', 2);
defineStream('stdout');
defineStream('stderr');
defineErrorHandler('stdout');
defineErrorHandler('stderr');

globalConsole.Console = Console;

// What only an inspector makes use of is V8's own.
for (const name of ['profile', 'profileEnd', 'timeStamp', 'context', 'createTask']) {
  const method = core.v8Console?.[name];
  if (method !== undefined) globalConsole[name] = method;
}

module.exports = globalConsole;

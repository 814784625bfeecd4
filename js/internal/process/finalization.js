'use strict';

// process.finalization: callbacks for objects that are still alive when the
// process ends, without keeping the objects alive.

const {
  kValidateObjectAllowObjects,
  validateFunction,
  validateObject,
} = require('internal/validators');
const { process } = require('internal/process/object');
const { emitExperimentalWarning } = require('internal/process/warning');

function makeFinalization() {
  const registrations = { __proto__: null, exit: new Set(), beforeExit: new Set() };

  function run(event) {
    for (const { target, callback } of registrations[event]) {
      const object = target.deref();
      if (object !== undefined) callback(object, event);
    }
  }

  const listeners = {
    __proto__: null,
    exit: () => run('exit'),
    beforeExit: () => run('beforeExit'),
  };

  function remove(event, entry) {
    const entries = registrations[event];
    entries.delete(entry);
    if (entries.size === 0) process.removeListener(event, listeners[event]);
  }

  const collected = new FinalizationRegistry(({ event, entry }) => remove(event, entry));

  function add(event, object, callback, name) {
    validateObject(object, 'obj', kValidateObjectAllowObjects);
    validateFunction(callback, 'callback');
    emitExperimentalWarning(`process.finalization.${name}`);
    const entries = registrations[event];
    if (entries.size === 0) process.on(event, listeners[event]);
    const entry = { target: new WeakRef(object), callback };
    entries.add(entry);
    collected.register(object, { event, entry }, object);
  }

  return {
    register(object, callback) {
      add('exit', object, callback, 'register');
    },
    registerBeforeExit(object, callback) {
      add('beforeExit', object, callback, 'registerBeforeExit');
    },
    unregister(object) {
      emitExperimentalWarning('process.finalization.unregister');
      collected.unregister(object);
      for (const event of ['exit', 'beforeExit']) {
        for (const entry of [...registrations[event]]) {
          if (entry.target.deref() === object) remove(event, entry);
        }
      }
    },
  };
}

module.exports = { makeFinalization };

'use strict';

// The public 'async_hooks' module: AsyncHook and the functions over ids; the
// classes AsyncResource and AsyncLocalStorage are in internal/async_hooks/.

const {
  codes: { ERR_ASYNC_CALLBACK, ERR_INVALID_ARG_VALUE },
} = require('internal/errors');
const { validateBoolean } = require('internal/validators');
const {
  disableHook,
  enableHook,
  executionAsyncId,
  executionAsyncResource,
  triggerAsyncId,
} = require('internal/async_hooks');
const { AsyncLocalStorage } = require('internal/async_hooks/local_storage');
const { AsyncResource } = require('internal/async_hooks/resource');
require('internal/async_hooks/promises');

class AsyncHook {
  constructor({ init, before, after, destroy, promiseResolve, trackPromises }) {
    const callbacks = { init, before, after, destroy, promiseResolve };
    for (const name of Object.keys(callbacks)) {
      const callback = callbacks[name];
      if (callback !== undefined && typeof callback !== 'function') {
        throw new ERR_ASYNC_CALLBACK(`hook.${name}`);
      }
    }
    if (trackPromises !== undefined) {
      validateBoolean(trackPromises, 'trackPromises');
    }
    if (trackPromises === false && promiseResolve !== undefined) {
      throw new ERR_INVALID_ARG_VALUE('trackPromises', trackPromises,
                                      'must not be false when promiseResolve is enabled');
    }

    this.init = init;
    this.before = before;
    this.after = after;
    this.destroy = destroy;
    this.promiseResolve = promiseResolve;
    this.trackPromises = trackPromises ?? true;
  }

  enable() {
    enableHook(this);
    return this;
  }

  disable() {
    disableHook(this);
    return this;
  }
}

function createHook(callbacks) {
  return new AsyncHook(callbacks);
}

// The resource types that built-in modules announce, each with a number.
const asyncWrapProviders = { __proto__: null };
[
  'NONE', 'DIRHANDLE', 'DNSCHANNEL', 'ELDHISTOGRAM', 'FILEHANDLE', 'FILEHANDLECLOSEREQ', 'BLOBREADER',
  'FSEVENTWRAP', 'FSREQCALLBACK', 'FSREQPROMISE', 'GETADDRINFOREQWRAP', 'GETNAMEINFOREQWRAP', 'HEAPSNAPSHOT',
  'CPUHEAPPROFILE', 'HTTPINCOMINGMESSAGE', 'HTTPCLIENTREQUEST', 'LOCKS', 'JSSTREAM', 'JSUDPWRAP', 'MESSAGEPORT',
  'PIPECONNECTWRAP', 'PIPESERVERWRAP', 'PIPEWRAP', 'PROCESSWRAP', 'PROMISE', 'QUERYWRAP', 'SHUTDOWNWRAP',
  'SIGNALWRAP', 'STATWATCHER', 'STREAMPIPE', 'TCPCONNECTWRAP', 'TCPSERVERWRAP', 'TCPWRAP', 'TTYWRAP',
  'UDPSENDWRAP', 'UDPWRAP', 'WORKER', 'WRITEWRAP', 'ZLIB', 'Timeout', 'Immediate', 'TickObject',
].forEach((name, number) => {
  asyncWrapProviders[name] = number;
});
Object.freeze(asyncWrapProviders);

module.exports = {
  AsyncLocalStorage,
  createHook,
  executionAsyncId,
  triggerAsyncId,
  executionAsyncResource,
  asyncWrapProviders,
  AsyncResource,
};

'use strict';
// How an operation is carried out: at once (`now`), for a callback, or for a promise. An operation is written once, against what
// these three have in common:
//   begin(syscall, path, dest)  a number for the op, 0 for "at once"; the arguments are those of a possible error;
//   end(result)                 what the op returned; gives back what the operation's caller is to get;
//   done(result)                the same for an operation whose success has no value;
//   `map`                       if set, makes the final value of a success.

const {
  destroyHooksExist, emitAfter, emitBefore, emitDestroy, symbols: { async_id_symbol, context_symbol, trigger_async_id_symbol },
  trackResource,
} = require('internal/async_hooks');
const { checkCallback } = require('internal/fs/validate');
const { getAsyncContext, setAsyncContext } = require('internal/async_hooks/context');
const { AbortError } = require('internal/errors');
const { addRequestSource } = require('internal/process/active_resources');
const { check, isFailure, isMissing, makeError, makeErrorWithoutStack } = require('internal/fs/errors');

// Requests under way by number, and the numbers that are free. 0 is never a request.
const table = [undefined];
const free = [];
let ready = false;

// What stat fills: see ext_os/src/fs/stat.rs.
let statNumbers;
let statBigints;

function statArray(bigint) {
  if (statNumbers === undefined) {
    statNumbers = new Float64Array(18);
    statBigints = new BigInt64Array(18);
  }
  return bigint ? statBigints : statNumbers;
}

function register(request) {
  if (!ready) {
    ready = true;
    ops.op_fs_requests_set(complete, statArray(false), statArray(true));
  }
  const number = free.length > 0 ? free.pop() : table.length;
  table[number] = request;
  return number;
}

addRequestSource(() => table.filter((request) => request !== undefined).map((object) => ({
  type: object instanceof CallbackRequest ? 'FSReqCallback' : 'FSReqPromise',
  object,
})));

function complete(number, result) {
  const request = table[number];
  table[number] = undefined;
  free.push(number);
  request.complete(result);
}

function abortError(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

const nothing = () => undefined;

const now = {
  map: undefined,
  syscall: '',
  path: undefined,
  dest: undefined,

  begin(syscall, path, dest) {
    this.syscall = syscall;
    this.path = path;
    this.dest = dest;
    return 0;
  },

  end(result) {
    const { map } = this;
    this.map = undefined;
    if (isFailure(result)) check(result, this.syscall, this.path, this.dest, this.end);
    return map === undefined ? result : map(result);
  },

  done(result) {
    if (result < 0) check(result, this.syscall, this.path, this.dest, this.done);
  },
};

// `extra` is a second value for the callback; one that has an extra is called with (null, 0, extra) even when it fails.
class CallbackRequest {
  constructor(callback, extra) {
    this.callback = callback;
    this.extra = extra;
    this.map = undefined;
    this.syscall = '';
    this.path = undefined;
    this.dest = undefined;
    // Aborted meanwhile, it turns any outcome into its own.
    this.signal = undefined;
    // A file that is not there is no failure, but undefined.
    this.missingIsNothing = false;
  }

  // Called when all other arguments have been found good.
  begin(syscall, path, dest) {
    checkCallback(this.callback);
    trackResource(this, 'FSREQCALLBACK');
    this.syscall = syscall;
    this.path = path;
    this.dest = dest;
    return register(this);
  }

  end() {}

  done() {
    this.map = nothing;
  }

  complete(result) {
    const outer = getAsyncContext();
    setAsyncContext(this[context_symbol]);
    emitBefore(this[async_id_symbol], this[trigger_async_id_symbol], this);
    let threw = true;
    try {
      this.deliver(result);
      threw = false;
    } finally {
      // What is thrown is reported in the context of the one who threw; the loop goes back to its own after that.
      if (!threw) {
        emitAfter(this[async_id_symbol]);
        setAsyncContext(outer);
      }
      if (destroyHooksExist()) emitDestroy(this[async_id_symbol]);
    }
  }

  deliver(result) {
    // Not a method call: the callback is nobody's method.
    const { callback, extra } = this;
    if (this.missingIsNothing && isMissing(result)) return callback(null, undefined);
    let error;
    if (this.signal?.aborted) error = abortError(this.signal);
    else if (isFailure(result)) error = makeErrorWithoutStack(result, this.syscall, this.path, this.dest);
    if (error === undefined && this.map !== undefined) {
      try {
        result = this.map(result);
      } catch (err) {
        error = err;
      }
    }
    if (error !== undefined) {
      if (extra === undefined) callback(error);
      else callback(error, 0, extra);
    } else if (extra !== undefined) {
      callback(null, result, extra);
    } else if (result === undefined) {
      callback(null);
    } else {
      callback(null, result);
    }
  }
}

// For our own use: `complete` hears what the op has to say, as it is.
class RawRequest {
  constructor(complete) {
    this.complete = complete;
  }

  begin() {
    return register(this);
  }
}

class PromiseRequest {
  constructor() {
    this.map = undefined;
    this.syscall = '';
    this.path = undefined;
    this.dest = undefined;
    this.signal = undefined;
    this.missingIsNothing = false;
    this.resolve = undefined;
    this.reject = undefined;
  }

  begin(syscall, path, dest) {
    this.syscall = syscall;
    this.path = path;
    this.dest = dest;
    return register(this);
  }

  // The error is made in a reaction, where V8 knows who awaits it: that is the stack a user wants.
  end() {
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    }).then(undefined, raise);
  }

  done() {
    this.map = nothing;
    return this.end();
  }

  complete(result) {
    if (this.signal?.aborted) {
      this.reject({ error: abortError(this.signal) });
      return;
    }
    if (this.missingIsNothing && isMissing(result)) {
      this.resolve(undefined);
      return;
    }
    if (isFailure(result)) {
      this.reject({ request: this, result });
      return;
    }
    if (this.map === undefined) {
      this.resolve(result);
      return;
    }
    try {
      this.resolve(this.map(result));
    } catch (error) {
      this.reject({ error });
    }
  }
}

function raise({ request, result, error }) {
  if (error !== undefined) throw error;
  const made = makeError(result, request.syscall, request.path, request.dest);
  Error.captureStackTrace(made, raise);
  throw made;
}

// ---------------------------------------------------------------------------
// For functions with a callback

function request(callback) {
  return new CallbackRequest(callback);
}

// Where the parameter before the callback may be left out.
function requestAfter(options, callback) {
  return request(callback === undefined && typeof options === 'function' ? options : callback);
}

const optionsOrNone = (options) => (typeof options === 'function' ? undefined : options);

module.exports = { CallbackRequest, PromiseRequest, RawRequest, abortError, now, optionsOrNone, request, requestAfter, statArray };

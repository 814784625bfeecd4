'use strict';

// TracingChannel: the five channels that follow one operation from start to end.

const {
  codes: { ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { Channel, channel } = require('internal/diagnostics_channel/channel');

const { apply } = Reflect;

const events = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

function checkChannel(value, name) {
  // Throws by itself for a channel that was left out.
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || !(value instanceof Channel)) {
    throw new ERR_INVALID_ARG_TYPE(name, ['Channel'], value);
  }
  return value;
}

function findChannel(nameOrChannels, event) {
  if (typeof nameOrChannels === 'string') return channel(`tracing:${nameOrChannels}:${event}`);
  if (typeof nameOrChannels === 'object' && nameOrChannels !== null) {
    return checkChannel(nameOrChannels[event], `nameOrChannels.${event}`);
  }
  throw new ERR_INVALID_ARG_TYPE('nameOrChannels', ['string', 'object', 'TracingChannel'], nameOrChannels);
}

class TracingChannel {
  constructor(nameOrChannels) {
    for (const event of events) {
      Object.defineProperty(this, event, {
        __proto__: null,
        value: findChannel(nameOrChannels, event),
      });
    }
  }

  get hasSubscribers() {
    return this.start.hasSubscribers || this.end.hasSubscribers || this.asyncStart.hasSubscribers ||
      this.asyncEnd.hasSubscribers || this.error.hasSubscribers;
  }

  subscribe(handlers) {
    for (const event of events) {
      if (handlers[event]) this[event].subscribe(handlers[event]);
    }
  }

  // False when one of the handlers was not subscribed.
  unsubscribe(handlers) {
    let done = true;
    for (const event of events) {
      if (handlers[event] && !this[event].unsubscribe(handlers[event])) done = false;
    }
    return done;
  }

  traceSync(fn, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return apply(fn, thisArg, args);
    const { start, end, error } = this;
    return start.runStores(context, () => {
      try {
        const result = apply(fn, thisArg, args);
        context.result = result;
        return result;
      } catch (err) {
        context.error = err;
        error.publish(context);
        throw err;
      } finally {
        end.publish(context);
      }
    });
  }

  tracePromise(fn, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return apply(fn, thisArg, args);
    const { start, end, asyncStart, asyncEnd, error } = this;

    // A promise has no moment after its reactions at which stores could be left: these only publish.
    function settled() {
      asyncStart.publish(context);
      asyncEnd.publish(context);
    }
    function resolve(result) {
      context.result = result;
      settled();
      return result;
    }
    function reject(err) {
      context.error = err;
      error.publish(context);
      settled();
      throw err;
    }

    return start.runStores(context, () => {
      try {
        const promise = apply(fn, thisArg, args);
        if (typeof promise?.then !== 'function') {
          process.emitWarning(`tracePromise was called with the function '${fn.name || '<anonymous>'}', which returned a non-thenable.`);
          context.result = promise;
          return promise;
        }
        const traced = promise.then(resolve, reject);
        // What is no promise stays what it is.
        return promise instanceof Promise ? traced : promise;
      } catch (err) {
        context.error = err;
        error.publish(context);
        throw err;
      } finally {
        end.publish(context);
      }
    });
  }

  traceCallback(fn, position = -1, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return apply(fn, thisArg, args);
    const { start, end, asyncStart, asyncEnd, error } = this;

    function wrapped(err, res) {
      if (err) {
        context.error = err;
        error.publish(context);
      } else {
        context.result = res;
      }
      // The callback runs in the stores of the operation's continuation.
      asyncStart.runStores(context, () => {
        try {
          return apply(callback, this, arguments);
        } finally {
          asyncEnd.publish(context);
        }
      });
    }

    const callback = args.at(position);
    validateFunction(callback, 'callback');
    args.splice(position, 1, wrapped);

    return start.runStores(context, () => {
      try {
        return apply(fn, thisArg, args);
      } catch (err) {
        context.error = err;
        error.publish(context);
        throw err;
      } finally {
        end.publish(context);
      }
    });
  }
}

function tracingChannel(nameOrChannels) {
  return new TracingChannel(nameOrChannels);
}

module.exports = { tracingChannel };

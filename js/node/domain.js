'use strict';

// The deprecated 'domain' module. The stack of entered domains is kept in the
// async context, so that it follows timers, ticks, promises and I/O by itself.

const EventEmitter = require('events');
const {
  codes: {
    ERR_DOMAIN_CALLBACK_NOT_AVAILABLE,
    ERR_UNHANDLED_ERROR,
  },
} = require('internal/errors');
const { AsyncLocalStorage } = require('internal/async_hooks/local_storage');
const {
  hasUncaughtExceptionCaptureCallback,
  setDomainHandler,
} = require('internal/process/execution');
const { process } = require('internal/process/object');

const { apply } = Reflect;

// Holds the entered domains, outermost first. The arrays are never changed.
const entered = new AsyncLocalStorage();
const none = Object.freeze([]);

function stack() {
  return entered.getStore() ?? none;
}

function setStack(domains) {
  entered.enterWith(domains);
}

// null where no domain has been entered, undefined where all have been left again.
function activeDomain() {
  const domains = entered.getStore();
  return domains === undefined ? null : domains.at(-1);
}

function mark(err, domain, properties) {
  if ((typeof err !== 'object' && typeof err !== 'function') || err === null) return;
  Object.defineProperty(err, 'domain', {
    __proto__: null,
    configurable: true,
    enumerable: false,
    value: domain,
    writable: true,
  });
  Object.assign(err, properties);
}

class Domain extends EventEmitter {
  members = [];

  // An exception that reached the loop while this domain was active. True when a listener took it.
  _errorHandler(err) {
    mark(err, this, { domainThrown: true });
    // The listeners are outside of what failed.
    while (stack().at(-1) === this) setStack(stack().slice(0, -1));

    let caught = false;
    if (stack().length === 0) {
      if (this.listenerCount('error') > 0) caught = this.emit('error', err);
    } else {
      try {
        caught = this.emit('error', err);
      } catch (second) {
        // The listener failed, or there is none: the next domain out gets it.
        caught = stack().at(-1)._errorHandler(second);
      }
    }
    setStack(undefined);
    return caught;
  }

  enter() {
    setStack([...stack(), this]);
  }

  exit() {
    // Those entered inside this one, and not left, end with it.
    const at = stack().lastIndexOf(this);
    if (at !== -1) setStack(stack().slice(0, at));
  }

  add(emitter) {
    if (emitter.domain === this) return;
    if (emitter.domain) emitter.domain.remove(emitter);
    if (this.domain && emitter instanceof Domain) {
      for (let outer = this.domain; outer; outer = outer.domain) {
        if (outer === emitter) return;
      }
    }
    Object.defineProperty(emitter, 'domain', {
      __proto__: null,
      configurable: true,
      enumerable: false,
      value: this,
      writable: true,
    });
    this.members.push(emitter);
  }

  remove(emitter) {
    emitter.domain = null;
    const at = this.members.indexOf(emitter);
    if (at !== -1) this.members.splice(at, 1);
  }

  run(fn, ...args) {
    this.enter();
    const result = apply(fn, this, args);
    this.exit();
    return result;
  }

  // Calls `callback` inside; an error as first argument goes to the listeners instead.
  intercept(callback) {
    const domain = this;
    return withDomain(this, function(err, ...args) {
      if (err && err instanceof Error) {
        mark(err, domain, { domainBound: callback, domainThrown: false });
        domain.emit('error', err);
        return undefined;
      }
      return callInside(domain, callback, this, args);
    });
  }

  bind(callback) {
    const domain = this;
    return withDomain(this, function(...args) {
      return callInside(domain, callback, this, args);
    });
  }
}

function callInside(domain, callback, thisArg, args) {
  domain.enter();
  const result = apply(callback, thisArg, args);
  domain.exit();
  return result;
}

function withDomain(domain, fn) {
  Object.defineProperty(fn, 'domain', {
    __proto__: null,
    configurable: true,
    enumerable: false,
    value: domain,
    writable: true,
  });
  return fn;
}

function createDomain() {
  return new Domain();
}

// ---------------------------------------------------------------------------
// Emitters belong to the domain that they are made in

EventEmitter.usingDomains = true;

const { init } = EventEmitter;

EventEmitter.init = function initWithDomain(options) {
  Object.defineProperty(this, 'domain', {
    __proto__: null,
    configurable: true,
    enumerable: false,
    value: null,
    writable: true,
  });
  const active = activeDomain();
  if (active && !(this instanceof Domain)) this.domain = active;
  return apply(init, this, [options]);
};

const { emit } = EventEmitter.prototype;

EventEmitter.prototype.emit = function emitInDomain(...args) {
  const { domain } = this;
  const type = args[0];
  if (domain === null || domain === undefined || this === process ||
      (type === 'error' && this.listenerCount('error') > 0)) {
    return apply(emit, this, args);
  }

  if (type !== 'error') return callInside(domain, emit, this, args);

  const err = args[1] ? args[1] : new ERR_UNHANDLED_ERROR(args[1]);
  mark(err, domain, { domainEmitter: this, domainThrown: false });
  // What the listeners throw is for the domains further out.
  const before = stack();
  let outer = before.length;
  while (outer > 0 && before[outer - 1] === domain) outer--;
  setStack(outer === 0 ? undefined : before.slice(0, outer));
  domain.emit('error', err);
  setStack(before);
  return false;
};

// ---------------------------------------------------------------------------

// The process's part is done when a program first loads the module.
function install() {
  if (hasUncaughtExceptionCaptureCallback()) throw new ERR_DOMAIN_CALLBACK_NOT_AVAILABLE();
  setDomainHandler((err) => {
    const domains = stack();
    if (domains.every((domain) => domain.listenerCount('error') === 0)) {
      setStack(undefined);
      return false;
    }
    domains.at(-1)._errorHandler(err);
    return true;
  });
  Object.defineProperty(process, 'domain', {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: () => activeDomain(),
    set(domain) {
      setStack(domain ? [domain] : undefined);
    },
  });
}

module.exports = {
  Domain,
  create: createDomain,
  createDomain,
};

Object.defineProperties(module.exports, {
  active: {
    __proto__: null,
    enumerable: true,
    get: () => activeDomain(),
  },
  _stack: {
    __proto__: null,
    enumerable: true,
    get: () => [...stack()],
  },
});

install();

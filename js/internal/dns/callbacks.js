'use strict';
// dns with callbacks: lookup, lookupService and Resolver.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS },
} = require('internal/errors');
const { validateFunction, validatePort, validateString } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { isIP } = require('internal/net/ip');
const { noHost, parseOptions, startLookup, startLookupService } = require('internal/dns/lookup');
const { METHODS, METHOD_OF_TYPE, ResolverBase, startQuery, startReverse } = require('internal/dns/resolver');

const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');

function lookup(hostname, options, callback) {
  if (hostname) validateString(hostname, 'hostname');
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  } else if (options !== undefined && typeof options !== 'object' && typeof options !== 'number') {
    validateFunction(arguments.length === 2 ? options : callback, 'callback');
    throw new ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  } else {
    validateFunction(callback, 'callback');
  }
  const wanted = parseOptions(options);
  if (!hostname) throw noHost(hostname);
  const family = isIP(hostname);
  if (family) {
    if (wanted.all) nextTick(callback, null, [{ address: hostname, family }]);
    else nextTick(callback, null, hostname, family);
    return {};
  }
  return startLookup(hostname, wanted, (err, addresses) => {
    if (err) callback(err);
    else if (wanted.all) callback(null, addresses);
    else callback(null, addresses[0].address, addresses[0].family);
  });
}

function lookupService(address, port, callback) {
  if (arguments.length !== 3) throw new ERR_MISSING_ARGS('address', 'port', 'callback');
  if (isIP(address) === 0) throw new ERR_INVALID_ARG_VALUE('address', address);
  validatePort(port);
  validateFunction(callback, 'callback');
  return startLookupService(address, +port, (err, result) => {
    if (err) callback(err);
    else callback(null, result.hostname, result.service);
  });
}

// The promises are those of dns/promises, which most programs never load.
for (const callbacks of [lookup, lookupService]) {
  Object.defineProperty(callbacks, kCustomPromisify, {
    __proto__: null,
    get: () => require('internal/dns/promises')[callbacks.name],
  });
}

class Resolver extends ResolverBase {
  // (name[, type], callback)
  resolve(name, type, callback) {
    let method = 'resolve4';
    if (typeof type === 'string') {
      method = METHOD_OF_TYPE[type];
      if (method === undefined) throw new ERR_INVALID_ARG_VALUE('rrtype', type);
    } else if (typeof type === 'function') {
      callback = type;
    } else {
      throw new ERR_INVALID_ARG_TYPE('rrtype', 'string', type);
    }
    return Reflect.apply(Resolver.prototype[method], this, [name, callback]);
  }

  reverse(address, callback) {
    validateString(address, 'name');
    validateFunction(callback, 'callback');
    return startReverse(this, address, callbackWith(callback));
  }
}

// A failure is the callback's only argument.
function callbackWith(callback) {
  return (err, result) => {
    if (err) callback(err);
    else callback(null, result);
  };
}

for (const method of Object.keys(METHODS)) {
  // (name[, options], callback)
  Resolver.prototype[method] = function(name, options, callback) {
    if (arguments.length < 3) {
      callback = options;
      options = undefined;
    }
    validateString(name, 'name');
    validateFunction(callback, 'callback');
    return startQuery(this, method, name, Boolean(options?.ttl), callbackWith(callback));
  };
}

module.exports = { Resolver, lookup, lookupService };

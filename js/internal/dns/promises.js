'use strict';
// dns/promises.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS },
} = require('internal/errors');
const { validatePort, validateString } = require('internal/validators');
const { isIP } = require('internal/net/ip');
const codes = require('internal/dns/codes');
const {
  getDefaultResultOrder, noHost, parseOptions, setDefaultResultOrder, startLookup, startLookupService,
} = require('internal/dns/lookup');
const {
  METHODS, METHOD_OF_TYPE, ResolverBase, bindDefault, setServers, startQuery, startReverse,
} = require('internal/dns/resolver');

// `start(done)`; what it throws is a rejection too.
function promise(start) {
  return new Promise((resolve, reject) => {
    start((err, result) => {
      if (err) reject(err);
      else resolve(result);
    });
  });
}

function lookup(hostname, options) {
  if (hostname) validateString(hostname, 'hostname');
  if (options !== undefined && typeof options !== 'object' && typeof options !== 'number') {
    throw new ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  }
  const wanted = parseOptions(options);
  if (!hostname) return Promise.reject(noHost(hostname));
  const family = isIP(hostname);
  if (family) {
    const known = { address: hostname, family };
    return Promise.resolve(wanted.all ? [known] : known);
  }
  return promise((done) => {
    startLookup(hostname, wanted, (err, addresses) => {
      if (err) done(err);
      else done(null, wanted.all ? addresses : addresses[0]);
    });
  });
}

function lookupService(address, port) {
  if (arguments.length !== 2) throw new ERR_MISSING_ARGS('address', 'port');
  if (isIP(address) === 0) throw new ERR_INVALID_ARG_VALUE('address', address);
  validatePort(port);
  return promise((done) => startLookupService(address, +port, done));
}

class Resolver extends ResolverBase {
  resolve(name, type) {
    validateString(name, 'name');
    if (type !== undefined) validateString(type, 'rrtype');
    const method = type === undefined ? 'resolve4' : METHOD_OF_TYPE[type];
    if (method === undefined) throw new ERR_INVALID_ARG_VALUE('rrtype', type);
    return Reflect.apply(Resolver.prototype[method], this, [name]);
  }

  reverse(address) {
    validateString(address, 'name');
    return promise((done) => startReverse(this, address, done));
  }
}

for (const method of Object.keys(METHODS)) {
  Resolver.prototype[method] = function(name, options) {
    validateString(name, 'name');
    return promise((done) => startQuery(this, method, name, Boolean(options?.ttl), done));
  };
}

module.exports = {
  lookup,
  lookupService,
  Resolver,
  getDefaultResultOrder,
  setDefaultResultOrder,
  setServers,
  ...codes,
  ...bindDefault(Resolver.prototype),
};

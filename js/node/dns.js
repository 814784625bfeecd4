'use strict';
// require('dns'): lookup by the system's resolver. The functions that ask name servers themselves are not there yet and say so.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_METHOD_NOT_IMPLEMENTED },
  DNSException,
} = require('internal/errors');
const { validateBoolean, validateFunction, validateNumber, validateOneOf, validateString } = require('internal/validators');
const { nextTick } = require('internal/process/task_queues');
const { isIP } = require('internal/net/ip');

// getaddrinfo's flags on Linux.
const ADDRCONFIG = 0x20;
const V4MAPPED = 0x8;
const ALL = 0x10;

const ORDERS = ['ipv4first', 'ipv6first', 'verbatim'];
let defaultOrder = 'verbatim';

function familyOf(family) {
  switch (family) {
    case 'IPv4': return 4;
    case 'IPv6': return 6;
    default: return family;
  }
}

function sorted(addresses, order) {
  if (order === 'verbatim') return addresses;
  const first = order === 'ipv4first' ? 4 : 6;
  return [...addresses.filter((a) => isIP(a) === first), ...addresses.filter((a) => isIP(a) !== first)];
}

function lookup(hostname, options, callback) {
  let family = 0;
  let hints = 0;
  let all = false;
  let order = defaultOrder;
  if (hostname) validateString(hostname, 'hostname');
  if (typeof options === 'function') {
    callback = options;
  } else if (typeof options === 'number') {
    validateFunction(callback, 'callback');
    validateOneOf(options, 'family', [0, 4, 6]);
    family = options;
  } else if (options !== undefined && typeof options !== 'object') {
    validateFunction(arguments.length === 2 ? options : callback, 'callback');
    throw new ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  } else {
    validateFunction(callback, 'callback');
    if (options?.hints != null) {
      validateNumber(options.hints, 'options.hints');
      hints = options.hints >>> 0;
      if ((hints & ~(ADDRCONFIG | V4MAPPED | ALL)) !== 0) throw new ERR_INVALID_ARG_VALUE('hints', hints);
    }
    if (options?.family != null) {
      family = familyOf(options.family);
      validateOneOf(family, 'options.family', [0, 4, 6]);
    }
    if (options?.all != null) {
      validateBoolean(options.all, 'options.all');
      all = options.all;
    }
    if (options?.verbatim != null) {
      validateBoolean(options.verbatim, 'options.verbatim');
      order = options.verbatim ? 'verbatim' : 'ipv4first';
    }
    if (options?.order != null) {
      validateOneOf(options.order, 'options.order', ORDERS);
      order = options.order;
    }
  }
  if (!hostname) {
    if (all) nextTick(callback, null, []);
    else nextTick(callback, null, null, family === 6 ? 6 : 4);
    return {};
  }
  const literal = isIP(hostname);
  if (literal) {
    if (all) nextTick(callback, null, [{ address: hostname, family: literal }]);
    else nextTick(callback, null, hostname, literal);
    return {};
  }
  const request = { callback, family, hostname };
  ops.op_net_dns_lookup(hostname, family, hints, (status, addresses) => {
    if (status) {
      callback.call(request, new DNSException(status, 'getaddrinfo', hostname));
      return;
    }
    const list = sorted(addresses, order).map((address) => ({ address, family: isIP(address) }));
    if (all) callback.call(request, null, list);
    else callback.call(request, null, list[0].address, list[0].family);
  });
  return request;
}

Object.defineProperty(lookup, Symbol.for('nodejs.util.promisify.custom'), {
  __proto__: null,
  value(hostname, options) {
    return new Promise((resolve, reject) => {
      lookup(hostname, options ?? {}, (err, address, family) => {
        if (err) reject(err);
        else resolve(Array.isArray(address) ? address : { address, family });
      });
    });
  },
});

function setDefaultResultOrder(order) {
  validateOneOf(order, 'dnsOrder', ORDERS);
  defaultOrder = order;
}

const exported = {
  ADDRCONFIG,
  ALL,
  V4MAPPED,
  getDefaultResultOrder: () => defaultOrder,
  lookup,
  setDefaultResultOrder,
};
for (const name of ['getServers', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname',
  'resolveMx', 'resolveNaptr', 'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTlsa', 'resolveTxt', 'reverse', 'setServers']) {
  exported[name] = function() {
    throw new ERR_METHOD_NOT_IMPLEMENTED(`dns.${name}()`);
  };
}
module.exports = exported;

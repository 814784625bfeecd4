'use strict';
// Asking the system: names to addresses, and addresses with ports to names. What dns.lookup and dns.promises.lookup share, each with its own way of answering.

const {
  codes: { ERR_INVALID_ARG_VALUE },
  DNSException,
} = require('internal/errors');
const { validateBoolean, validateNumber, validateOneOf } = require('internal/validators');
const { isIP } = require('internal/net/ip');
const { getOption } = require('internal/options');
const { Request } = require('internal/dns/request');

// getaddrinfo's flags on Linux.
const ADDRCONFIG = 0x20;
const V4MAPPED = 0x8;
const ALL = 0x10;

const ORDERS = ['verbatim', 'ipv4first', 'ipv6first'];
const FAMILIES = [0, 4, 6];

let defaultOrder;

function getDefaultResultOrder() {
  return (defaultOrder ??= ORDERS.find((order) => order === getOption('dns-result-order')) ?? 'verbatim');
}

function setDefaultResultOrder(order) {
  validateOneOf(order, 'dnsOrder', ORDERS);
  defaultOrder = order;
}

function familyOf(family) {
  switch (family) {
    case 'IPv4': return 4;
    case 'IPv6': return 6;
    default: return family;
  }
}

// What is to be looked up of a host: `options` is a family, an object, null or undefined.
function parseOptions(options) {
  const wanted = { family: 0, hints: 0, all: false, order: getDefaultResultOrder() };
  if (typeof options === 'number') {
    validateOneOf(options, 'family', FAMILIES);
    wanted.family = options;
    return wanted;
  }
  if (options?.hints != null) {
    validateNumber(options.hints, 'options.hints');
    wanted.hints = options.hints >>> 0;
    if ((wanted.hints & ~(ADDRCONFIG | V4MAPPED | ALL)) !== 0) throw new ERR_INVALID_ARG_VALUE('hints', wanted.hints);
  }
  if (options?.family != null) {
    wanted.family = familyOf(options.family);
    validateOneOf(wanted.family, 'options.family', FAMILIES);
  }
  if (options?.all != null) {
    validateBoolean(options.all, 'options.all');
    wanted.all = options.all;
  }
  if (options?.verbatim != null) {
    validateBoolean(options.verbatim, 'options.verbatim');
    wanted.order = options.verbatim ? 'verbatim' : 'ipv4first';
  }
  if (options?.order != null) {
    validateOneOf(options.order, 'options.order', ORDERS);
    wanted.order = options.order;
  }
  return wanted;
}

function noHost(hostname) {
  return new ERR_INVALID_ARG_VALUE('hostname', hostname, 'must be a non-empty string');
}

function sorted(addresses, order) {
  if (order === 'verbatim') return addresses;
  const first = order === 'ipv4first' ? 4 : 6;
  return [...addresses.filter((a) => isIP(a) === first), ...addresses.filter((a) => isIP(a) !== first)];
}

// `done(err, [{ address, family }])`. Nobody is asked for what is an address already.
function startLookup(hostname, { family, hints, order }, done) {
  const detail = { hostname, family, hints, verbatim: order === 'verbatim', order };
  const request = new Request('GETADDRINFOREQWRAP', 'lookup', detail, done);
  request.hostname = hostname;
  request.family = family;
  ops.op_net_dns_lookup(hostname, family, hints, (status, found) => {
    if (status) {
      request.fail(new DNSException(status, 'getaddrinfo', hostname));
      return;
    }
    const addresses = sorted(found, order);
    request.succeed(addresses.map((address) => ({ address, family: family || isIP(address) })), { addresses });
  });
  return request;
}

// `done(err, { hostname, service })`.
function startLookupService(address, port, done) {
  const request = new Request('GETNAMEINFOREQWRAP', 'lookupService', { host: address, port }, done);
  request.hostname = address;
  request.port = port;
  ops.op_net_dns_lookup_service(address, port, (status, hostname, service) => {
    if (status) request.fail(new DNSException(status, 'getnameinfo', address));
    else request.succeed({ hostname, service }, { hostname, service });
  });
  return request;
}

module.exports = {
  ADDRCONFIG,
  ALL,
  V4MAPPED,
  getDefaultResultOrder,
  noHost,
  parseOptions,
  setDefaultResultOrder,
  startLookup,
  startLookupService,
};

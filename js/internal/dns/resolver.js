'use strict';
// What the resolvers of dns and dns/promises share: their servers and options, and asking them. The asking itself is ext_net/src/dns/channel.rs.

const {
  codes: { ERR_DNS_SET_SERVERS_FAILED, ERR_INVALID_ARG_TYPE, ERR_INVALID_IP_ADDRESS },
  DNSException,
} = require('internal/errors');
const { validateArray, validateInt32, validatePort, validateString, validateUint32 } = require('internal/validators');
const { isIP } = require('internal/net/ip');
const { Request } = require('internal/dns/request');

const UV_EBUSY = -16;
const PORT = 53;

// What each method is called, where its failures say that they come from, and the number of the record type that it asks for.
const METHODS = {
  __proto__: null,
  resolveAny: ['queryAny', 255],
  resolve4: ['queryA', 1],
  resolve6: ['queryAaaa', 28],
  resolveCaa: ['queryCaa', 257],
  resolveCname: ['queryCname', 5],
  resolveMx: ['queryMx', 15],
  resolveNs: ['queryNs', 2],
  resolveTlsa: ['queryTlsa', 52],
  resolveTxt: ['queryTxt', 16],
  resolveSrv: ['querySrv', 33],
  resolvePtr: ['queryPtr', 12],
  resolveNaptr: ['queryNaptr', 35],
  resolveSoa: ['querySoa', 6],
};

// The methods that resolve() calls for a type.
const METHOD_OF_TYPE = {
  __proto__: null,
  A: 'resolve4',
  AAAA: 'resolve6',
  ANY: 'resolveAny',
  CAA: 'resolveCaa',
  CNAME: 'resolveCname',
  MX: 'resolveMx',
  NAPTR: 'resolveNaptr',
  NS: 'resolveNs',
  PTR: 'resolvePtr',
  SOA: 'resolveSoa',
  SRV: 'resolveSrv',
  TLSA: 'resolveTlsa',
  TXT: 'resolveTxt',
};

// [address, port] of '1.2.3.4', '1.2.3.4:53', '::1' or '[::1]:53'; port 0 is the usual one.
function parseServer(server) {
  if (isIP(server)) return [server, PORT];
  const bracket = server[0] === '[' ? server.lastIndexOf(']') : -1;
  let address;
  let rest;
  if (bracket > 0) {
    address = server.slice(1, bracket);
    rest = server.slice(bracket + 1);
    if (isIP(address) !== 6) throw new ERR_INVALID_IP_ADDRESS(server);
  } else {
    const colon = server.indexOf(':');
    address = colon < 0 ? server : server.slice(0, colon);
    rest = colon < 0 ? '' : server.slice(colon);
    if (isIP(address) !== 4) throw new ERR_INVALID_IP_ADDRESS(server);
  }
  if (rest === '') return [address, PORT];
  if (!/^:\d+$/.test(rest)) throw new ERR_INVALID_IP_ADDRESS(server);
  return [address, validatePort(rest.slice(1)) || PORT];
}

function badLocalAddress(message) {
  const error = new TypeError(message);
  error.code = 'ERR_INVALID_ARG_VALUE';
  return error;
}

class ResolverBase {
  constructor(options) {
    const { timeout = -1, tries = 4, maxTimeout = 0 } = { ...options };
    validateInt32(timeout, 'options.timeout', -1);
    validateInt32(tries, 'options.tries', 1);
    validateUint32(maxTimeout, 'options.maxTimeout');
    this._handle = new ops.DnsChannel(timeout, tries, maxTimeout);
  }

  cancel() {
    this._handle.cancel();
  }

  getServers() {
    const servers = this._handle.getServers() || [];
    return servers.map(([address, port]) => {
      if (!port || port === PORT) return address;
      return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
    });
  }

  setServers(servers) {
    validateArray(servers, 'servers');
    const parsed = [];
    servers.forEach((server, index) => {
      validateString(server, `servers[${index}]`);
      parsed.push(parseServer(server));
    });
    const status = this._handle.setServers(parsed);
    if (status) throw new ERR_DNS_SET_SERVERS_FAILED(status === UV_EBUSY ? 'There are pending queries.' : 'Invalid address', servers);
  }

  // One address, or one of each family in any order.
  setLocalAddress(ipv4, ipv6) {
    validateString(ipv4, 'ipv4');
    if (ipv6 !== undefined && typeof ipv6 !== 'string') throw new ERR_INVALID_ARG_TYPE('ipv6', ['String', 'undefined'], ipv6);
    const given = ipv6 === undefined ? [ipv4] : [ipv4, ipv6];
    const addresses = { __proto__: null, 4: '', 6: '' };
    for (const address of given) {
      const family = isIP(address);
      if (!family) throw badLocalAddress('Invalid IP address.');
      if (addresses[family]) throw badLocalAddress(`Cannot specify two IPv${family} addresses.`);
      addresses[family] = address;
    }
    this._handle.setLocalAddress(addresses[4], addresses[6]);
  }
}

function withTtls(addresses, ttls) {
  return addresses.map((address, i) => ({ address, ttl: ttls[i] }));
}

// `done(err, result)`. What has no callback coming throws.
function startQuery(resolver, method, name, ttl, done) {
  const [syscall, type] = METHODS[method];
  const request = new Request('QUERYWRAP', syscall, { host: name, ttl }, done);
  request.hostname = name;
  resolver._handle.query(name, type, (code, found, ttls) => {
    if (code) {
      request.fail(new DNSException(code, syscall, name));
      return;
    }
    const result = ttl && (method === 'resolve4' || method === 'resolve6') ? withTtls(found, ttls) : found;
    request.succeed(result, { result });
  });
  return request;
}

function startReverse(resolver, address, done) {
  const syscall = 'getHostByAddr';
  const request = new Request('QUERYWRAP', syscall, { host: address, ttl: false }, done);
  request.hostname = address;
  const status = resolver._handle.reverse(address, (code, result) => {
    if (code) request.fail(new DNSException(code, syscall, address));
    else request.succeed(result, { result });
  });
  if (status) throw new DNSException(status, syscall, address);
  return request;
}

let defaultResolver;

// The one that the functions of dns and dns/promises ask: a new one after each dns.setServers(), so that what is under way goes on.
function getDefaultResolver() {
  return (defaultResolver ??= new ResolverBase());
}

function setServers(servers) {
  const resolver = new ResolverBase();
  resolver.setServers(servers);
  defaultResolver = resolver;
}

// Functions that ask the default resolver, for each method of a resolver that `methods` has.
function bindDefault(methods) {
  const bound = { getServers: () => getDefaultResolver().getServers() };
  for (const name of [...Object.keys(METHODS), 'resolve', 'reverse']) {
    const method = methods[name];
    bound[name] = (...args) => Reflect.apply(method, getDefaultResolver(), args);
  }
  return bound;
}

module.exports = { METHODS, METHOD_OF_TYPE, ResolverBase, bindDefault, setServers, startQuery, startReverse };

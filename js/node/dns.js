'use strict';
// require('dns'): what asks the system (internal/dns/lookup.js) and what asks name servers (internal/dns/resolver.js), with callbacks.

const { Resolver, lookup, lookupService } = require('internal/dns/callbacks');
const codes = require('internal/dns/codes');
const { ADDRCONFIG, ALL, V4MAPPED, getDefaultResultOrder, setDefaultResultOrder } = require('internal/dns/lookup');
const { bindDefault, setServers } = require('internal/dns/resolver');

module.exports = {
  lookup,
  lookupService,
  Resolver,
  getDefaultResultOrder,
  setDefaultResultOrder,
  setServers,
  ADDRCONFIG,
  ALL,
  V4MAPPED,
  ...codes,
  ...bindDefault(Resolver.prototype),
};

// Most programs that look a name up never load it.
Object.defineProperty(module.exports, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => require('internal/dns/promises'),
});

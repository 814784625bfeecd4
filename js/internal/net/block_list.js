'use strict';
// net.BlockList: addresses, ranges and subnets that are told apart from all others.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE },
} = require('internal/errors');
const { validateArray, validateInt32, validateString } = require('internal/validators');
const { inspect } = require('internal/util/inspect');
const { isIPv4 } = require('internal/net/ip');
const { SocketAddress, kBytes } = require('internal/net/socket_address');

const kMappedPrefix = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
const familyNames = { __proto__: null, ipv4: 'IPv4', ipv6: 'IPv6' };

// Sixteen bytes for either family: an IPv4 address stands for itself within IPv6.
function wide(address) {
  const bytes = address[kBytes];
  return bytes.length === 4 ? [...kMappedPrefix, ...bytes] : bytes;
}

function isMapped(bytes) {
  return kMappedPrefix.every((byte, i) => bytes[i] === byte);
}

// Less than, equal to or greater than 0.
function compare(a, b) {
  for (let i = 0; i < 16; i++) {
    if (a[i] !== b[i]) return a[i] - b[i];
  }
  return 0;
}

function samePrefix(a, b, bits) {
  const whole = bits >> 3;
  for (let i = 0; i < whole; i++) {
    if (a[i] !== b[i]) return false;
  }
  const rest = bits & 7;
  return rest === 0 || (a[whole] ^ b[whole]) >> (8 - rest) === 0;
}

// The address of arguments (address, family), where the first may be a SocketAddress.
function toSocketAddress(address, family, name) {
  if (SocketAddress.isSocketAddress(address)) return address;
  validateString(address, name);
  validateString(family, 'family');
  return new SocketAddress({ address, family });
}

// "10.0.0.0/8" -> [network, prefix, family]
function parseCIDR(cidr) {
  validateString(cidr, 'cidr');
  const slash = cidr.lastIndexOf('/');
  if (slash === -1) throw new ERR_INVALID_ARG_VALUE('cidr', cidr, 'must contain a prefix length (e.g. "10.0.0.0/8")');
  const prefix = cidr.slice(slash + 1);
  if (!/^\d+$/.test(prefix)) throw new ERR_INVALID_ARG_VALUE('cidr', cidr, 'prefix length must be a valid integer');
  const network = cidr.slice(0, slash);
  return [network, Number(prefix), isIPv4(network) ? 'ipv4' : 'ipv6'];
}

function addressText({ address, family }) {
  return `Address: ${familyNames[family]} ${address}`;
}

function rangeText(start, end) {
  return `Range: ${familyNames[start.family]} ${start.address}-${end.address}`;
}

function subnetText({ address, family }, prefix) {
  return `Subnet: ${familyNames[family]} ${address}/${prefix}`;
}

function validatePrefix(prefix, { family }) {
  validateInt32(prefix, 'prefix', 0, family === 'ipv4' ? 32 : 128);
}

class BlockList {
  // By text, the newest last: covers(bytes, mapped), or null for a single address, which is found by its bytes.
  #rules = new Map();
  #addresses = new Set();

  static isBlockList(value) {
    return typeof value === 'object' && value !== null && #rules in value;
  }

  #add(text, covers) {
    this.#rules.delete(text);
    this.#rules.set(text, covers);
  }

  addAddress(address, family = 'ipv4') {
    address = toSocketAddress(address, family, 'address');
    this.#addresses.add(wide(address).join('.'));
    this.#add(addressText(address), null);
  }

  addAddresses(addresses, family = 'ipv4') {
    validateArray(addresses, 'addresses');
    const all = addresses.map((address, i) => toSocketAddress(address, family, `addresses[${i}]`));
    for (const address of all) this.addAddress(address);
  }

  removeAddress(address, family = 'ipv4') {
    address = toSocketAddress(address, family, 'address');
    this.#addresses.delete(wide(address).join('.'));
    this.#rules.delete(addressText(address));
  }

  addRange(start, end, family = 'ipv4') {
    start = toSocketAddress(start, family, 'start');
    end = toSocketAddress(end, family, 'end');
    const [low, high] = [wide(start), wide(end)];
    if (start.family !== end.family || compare(low, high) > 0) {
      throw new ERR_INVALID_ARG_VALUE('start', start, 'must come before end');
    }
    const narrow = isMapped(low) && isMapped(high);
    this.#add(rangeText(start, end), (bytes, mapped) =>
      (narrow || !mapped) && compare(low, bytes) <= 0 && compare(bytes, high) <= 0);
  }

  removeRange(start, end, family = 'ipv4') {
    start = toSocketAddress(start, family, 'start');
    end = toSocketAddress(end, family, 'end');
    this.#rules.delete(rangeText(start, end));
  }

  addSubnet(network, prefix, family = 'ipv4') {
    network = toSocketAddress(network, family, 'network');
    validatePrefix(prefix, network);
    const start = wide(network);
    const narrow = isMapped(start);
    const bits = network.family === 'ipv4' ? prefix + 96 : prefix;
    this.#add(subnetText(network, prefix), (bytes, mapped) => (narrow || !mapped) && samePrefix(start, bytes, bits));
  }

  removeSubnet(network, prefix, family = 'ipv4') {
    network = toSocketAddress(network, family, 'network');
    validatePrefix(prefix, network);
    this.#rules.delete(subnetText(network, prefix));
  }

  addCIDR(cidr) {
    this.addSubnet(...parseCIDR(cidr));
  }

  addCIDRs(cidrs) {
    validateArray(cidrs, 'cidrs');
    for (const cidr of cidrs) this.addCIDR(cidr);
  }

  removeCIDR(cidr) {
    this.removeSubnet(...parseCIDR(cidr));
  }

  clear() {
    this.#addresses.clear();
    this.#rules.clear();
  }

  check(address, family = 'ipv4') {
    if (!SocketAddress.isSocketAddress(address)) {
      validateString(address, 'address');
      validateString(family, 'family');
      try {
        address = new SocketAddress({ address, family });
      } catch {
        // What is no address is on no list.
        return false;
      }
    }
    const bytes = wide(address);
    const mapped = address.family === 'ipv4';
    if (this.#addresses.has(bytes.join('.'))) return true;
    for (const covers of this.#rules.values()) {
      if (covers !== null && covers(bytes, mapped)) return true;
    }
    return false;
  }

  get size() {
    return this.#rules.size;
  }

  // Single addresses first, the newest of each kind at the top.
  get rules() {
    const all = [...this.#rules].reverse();
    const single = all.filter(([, covers]) => covers === null);
    const several = all.filter(([, covers]) => covers !== null);
    return [...single, ...several].map(([text]) => text);
  }

  toJSON() {
    return this.rules;
  }

  // Adds rules that are written as in `rules`, or their JSON; what is no rule is left out.
  fromJSON(data) {
    const rules = typeof data === 'string' ? JSON.parse(data) : data;
    if (!Array.isArray(rules) || rules.some((rule) => typeof rule !== 'string')) {
      throw new ERR_INVALID_ARG_TYPE('data', ['string', 'string[]'], data);
    }
    for (const rule of rules) this.#parse(rule);
  }

  #parse(text) {
    const match = /^(Address|Range|Subnet): IPv([46]) ([^-/]+)[-/]?(.*)$/.exec(text);
    if (match === null) return;
    const [, kind, version, first, second] = match;
    const family = `ipv${version}`;
    if (kind === 'Address') this.addAddress(first, family);
    else if (kind === 'Range') this.addRange(first, second, family);
    else this.addSubnet(first, Number(second), family);
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `BlockList ${inspect({ rules: this.rules }, inner)}`;
  }
}

module.exports = { BlockList };

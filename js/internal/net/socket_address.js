'use strict';
// net.SocketAddress: an address with its port, as a value.

const {
  codes: { ERR_INVALID_ADDRESS },
} = require('internal/errors');
const { validateObject, validateOneOf, validatePort, validateString, validateUint32 } = require('internal/validators');
const { inspect } = require('internal/util/inspect');
const { URL } = require('internal/url');
const { bytesOfIPv4, bytesOfIPv6, isIPv4, isIPv6, textOfIPv6 } = require('internal/net/ip');

const kBytes = Symbol('kBytes');

class SocketAddress {
  #address;
  #family;
  #port;
  #flowlabel;

  constructor(options = {}) {
    validateObject(options, 'options');
    let { family = 'ipv4' } = options;
    const { address = family === 'ipv4' ? '127.0.0.1' : '::', port = 0, flowlabel = 0 } = options;
    if (typeof family?.toLowerCase === 'function') family = family.toLowerCase();
    validateOneOf(family, 'options.family', ['ipv4', 'ipv6']);
    validateString(address, 'options.address');
    validatePort(port, 'options.port');
    validateUint32(flowlabel, 'options.flowlabel', false);
    if (!(family === 'ipv4' ? isIPv4(address) : isIPv6(address))) throw new ERR_INVALID_ADDRESS(address);
    this.#family = family;
    this[kBytes] = family === 'ipv4' ? bytesOfIPv4(address) : bytesOfIPv6(address);
    this.#address = family === 'ipv4' ? address : textOfIPv6(this[kBytes]);
    this.#port = port | 0;
    this.#flowlabel = flowlabel;
    Object.defineProperty(this, kBytes, { __proto__: null, enumerable: false });
  }

  static isSocketAddress(value) {
    return typeof value === 'object' && value !== null && #address in value;
  }

  // "1.2.3.4:80" or "[::1]:80"; undefined for anything else.
  static parse(input) {
    validateString(input, 'input');
    if (!URL.canParse(`http://${input}`)) return undefined;
    // As in Node, port 80 is lost on the way through a URL.
    const { hostname, port } = new URL(`http://${input}`);
    if (hostname.startsWith('[')) {
      return new SocketAddress({ address: hostname.slice(1, -1), port: port | 0, family: 'ipv6' });
    }
    return isIPv4(hostname) ? new SocketAddress({ address: hostname, port: port | 0 }) : undefined;
  }

  get address() {
    return this.#address;
  }

  get port() {
    return this.#port;
  }

  get family() {
    return this.#family;
  }

  // IPv4 has none.
  get flowlabel() {
    return this.#family === 'ipv4' ? 0 : this.#flowlabel;
  }

  toJSON() {
    return { address: this.address, port: this.port, family: this.family, flowlabel: this.flowlabel };
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `SocketAddress ${inspect(this.toJSON(), inner)}`;
  }
}

module.exports = { SocketAddress, kBytes };

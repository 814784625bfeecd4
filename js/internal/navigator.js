'use strict';

// The global `navigator`: what runs this, and on what machine.

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR },
} = require('internal/errors');

const kConstruct = Symbol('kConstruct');

// The platform as browsers on the same machine name it.
function platformName(arch, platform) {
  let machine = arch;
  if (platform === 'linux') {
    if (arch === 'x64') machine = 'x86_64';
    else if (arch === 'ia32') machine = 'i686';
  }
  return `${platform[0].toUpperCase()}${platform.slice(1)} ${machine}`;
}

function getNavigatorLanguage() {
  return Intl.DateTimeFormat().resolvedOptions().locale || 'en-US';
}

class Navigator {
  // Worked out when asked for, and the same from then on.
  #hardwareConcurrency;
  #language;
  #languages;
  #platform;
  #userAgent;

  constructor(key) {
    if (key !== kConstruct) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get hardwareConcurrency() {
    return this.#hardwareConcurrency ??= ops.op_os_parallelism();
  }

  get language() {
    return this.#language ??= getNavigatorLanguage();
  }

  get languages() {
    return this.#languages ??= Object.freeze([this.language]);
  }

  get userAgent() {
    return this.#userAgent ??= `Node.js/${process.version.slice(1, process.version.indexOf('.'))}`;
  }

  get locks() {
    // Few programs ask for it.
    return require('internal/locks').locks;
  }

  get platform() {
    return this.#platform ??= platformName(process.arch, process.platform);
  }
}

for (const name of ['hardwareConcurrency', 'language', 'languages', 'locks', 'platform', 'userAgent']) {
  Object.defineProperty(Navigator.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperty(Navigator.prototype, Symbol.toStringTag, {
  __proto__: null,
  configurable: true,
  value: 'Navigator',
});

module.exports = { Navigator, navigator: new Navigator(kConstruct) };

'use strict';

// The release of Node that rtjs presents itself as, in one place.

const NODE_VERSION = '26.10.0';

// The number of that release's binary interface.
const NODE_MODULE_VERSION = 147;

// The release of OpenSSL whose error codes are used, and the engine that is there instead of it (ext_tls/Cargo.toml).
const OPENSSL_VERSION = '3.5.0+rustls.0.23';

const release = {
  name: 'node',
};

// rtjs's own version and V8's come from the executable.
function makeVersions(rtjsVersion, v8Version) {
  return Object.freeze({
    node: NODE_VERSION,
    rtjs: rtjsVersion,
    openssl: OPENSSL_VERSION,
    v8: v8Version,
    modules: String(NODE_MODULE_VERSION),
  });
}

module.exports = {
  NODE_MODULE_VERSION,
  NODE_VERSION,
  makeVersions,
  release,
  version: `v${NODE_VERSION}`,
};

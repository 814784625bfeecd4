'use strict';

// The public 'tls' module, of which only the constants are there.

const { absent } = require('internal/absent');

module.exports = {
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
  DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MIN_VERSION: 'TLSv1.2',
  DEFAULT_MAX_VERSION: 'TLSv1.3',
  rootCertificates: Object.freeze([]),
  ...absent('tls', {
    classes: ['SecureContext', 'Server', 'TLSSocket'],
    functions: [
      'checkServerIdentity', 'connect', 'convertALPNProtocols', 'createSecureContext', 'createServer', 'getCACertificates',
      'getCiphers', 'setDefaultCACertificates',
    ],
  }),
};

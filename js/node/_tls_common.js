'use strict';
// require('_tls_common'): an older name for a part of tls.

const { SecureContext, createSecureContext } = require('internal/tls/context');

module.exports = { SecureContext, createSecureContext };

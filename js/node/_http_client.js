'use strict';
// require('_http_client'): an older name for a part of http.

const { ClientRequest } = require('internal/http/client_request');

module.exports = { ClientRequest };

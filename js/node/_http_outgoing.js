'use strict';
// require('_http_outgoing'): an older name for a part of http.

const { OutgoingMessage } = require('internal/http/outgoing');
const { parseUniqueHeaders } = require('internal/http/outgoing_headers');
const { validateHeaderName, validateHeaderValue } = require('internal/http/validate');

module.exports = { OutgoingMessage, parseUniqueHeadersOption: parseUniqueHeaders, validateHeaderName, validateHeaderValue };

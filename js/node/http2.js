'use strict';

// The public 'http2' module, of which only the names of a request's and an answer's own headers, methods and statuses are there.

const { METHODS, STATUS_CODES } = require('http');
const { absent } = require('internal/absent');

const constants = {
  NGHTTP2_NO_ERROR: 0,
  NGHTTP2_PROTOCOL_ERROR: 1,
  NGHTTP2_INTERNAL_ERROR: 2,
  NGHTTP2_FLOW_CONTROL_ERROR: 3,
  NGHTTP2_SETTINGS_TIMEOUT: 4,
  NGHTTP2_STREAM_CLOSED: 5,
  NGHTTP2_FRAME_SIZE_ERROR: 6,
  NGHTTP2_REFUSED_STREAM: 7,
  NGHTTP2_CANCEL: 8,
  NGHTTP2_COMPRESSION_ERROR: 9,
  NGHTTP2_CONNECT_ERROR: 10,
  NGHTTP2_ENHANCE_YOUR_CALM: 11,
  NGHTTP2_INADEQUATE_SECURITY: 12,
  NGHTTP2_HTTP_1_1_REQUIRED: 13,
};
for (const name of ['status', 'method', 'authority', 'scheme', 'path', 'protocol']) {
  constants[`HTTP2_HEADER_${name.toUpperCase()}`] = `:${name}`;
}
for (const name of [
  'accept', 'accept-encoding', 'authorization', 'cache-control', 'connection', 'content-encoding', 'content-length',
  'content-type', 'cookie', 'date', 'etag', 'expect', 'host', 'keep-alive', 'last-modified', 'location', 'proxy-connection',
  'range', 'server', 'set-cookie', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'user-agent', 'vary',
]) {
  constants[`HTTP2_HEADER_${name.toUpperCase().replaceAll('-', '_')}`] = name;
}
for (const method of METHODS) constants[`HTTP2_METHOD_${method.replaceAll('-', '_')}`] = method;
for (const [status, text] of Object.entries(STATUS_CODES)) {
  constants[`HTTP_STATUS_${text.toUpperCase().replaceAll("'", '').replaceAll(/[ -]/g, '_')}`] = Number(status);
}

module.exports = {
  constants,
  sensitiveHeaders: Symbol('sensitiveHeaders'),
  ...absent('http2', {
    classes: ['Http2ServerRequest', 'Http2ServerResponse'],
    functions: [
      'connect', 'createSecureServer', 'createServer', 'getDefaultSettings', 'getPackedSettings', 'getUnpackedSettings',
      'performServerHandshake',
    ],
  }),
};

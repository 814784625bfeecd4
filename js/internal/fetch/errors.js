'use strict';
// What goes wrong with a connection, under the names and codes that programs for Node look for in an error's cause.

function failure(name, code, message, properties) {
  const { [name]: Class } = { [name]: class extends Error {} };
  Object.defineProperty(Class.prototype, 'name', { __proto__: null, configurable: true, value: name, writable: true });
  const error = new Class(message);
  error.code = code;
  return Object.assign(error, properties);
}

const invalidArgument = (message) => failure('InvalidArgumentError', 'UND_ERR_INVALID_ARG', message);
const notSupported = (message) => failure('NotSupportedError', 'UND_ERR_NOT_SUPPORTED', message);
const lengthMismatch = () => failure(
  'RequestContentLengthMismatchError', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH', 'Request body length does not match content-length header');
const requestAborted = (message) => failure('RequestAbortedError', 'UND_ERR_ABORTED', message);
const connectTimeout = (host, port, ms) => failure(
  'ConnectTimeoutError', 'UND_ERR_CONNECT_TIMEOUT', `Connect Timeout Error (attempted address: ${host}:${port}, timeout: ${ms}ms)`);
const headersTimeout = () => failure('HeadersTimeoutError', 'UND_ERR_HEADERS_TIMEOUT', 'Headers Timeout Error');
const bodyTimeout = () => failure('BodyTimeoutError', 'UND_ERR_BODY_TIMEOUT', 'Body Timeout Error');

function socketError(message, socket) {
  const { localAddress, localPort, remoteAddress, remotePort, remoteFamily, timeout, bytesWritten, bytesRead } = socket ?? {};
  return failure('SocketError', 'UND_ERR_SOCKET', message, {
    socket: { localAddress, localPort, remoteAddress, remotePort, remoteFamily, timeout, bytesWritten, bytesRead },
  });
}

// A request's or response's error as a cause.
function causeOf(error, socket) {
  const code = error?.code;
  if (code === 'HPE_HEADER_OVERFLOW') return failure('HeadersOverflowError', 'UND_ERR_HEADERS_OVERFLOW', 'Headers Overflow Error');
  if (typeof code === 'string' && code.startsWith('HPE_')) {
    return failure('HTTPParserError', code, `Response does not match the HTTP/1.1 protocol (${error.reason})`);
  }
  const hungUp = error?.code === 'ECONNRESET' && error.syscall === undefined;
  // The peer has ended a connection that was in use.
  return hungUp ? socketError('other side closed', socket) : error;
}

const networkError = (cause) => new TypeError('fetch failed', { cause });
const terminated = (cause) => new TypeError('terminated', { cause });

module.exports = {
  bodyTimeout, causeOf, connectTimeout, headersTimeout, invalidArgument, lengthMismatch, networkError, notSupported,
  requestAborted, socketError, terminated,
};

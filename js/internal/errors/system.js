'use strict';
// Errors that report a failed system call: the message shapes of fs, net, dns and process calls.
// Numbers are libuv's (negative); their names and texts are in errors/errno.js.

const { UV, errnoMessage, errnoName } = require('internal/errors/errno');

// The frames above the caller are what a user needs: `from` and what it called are left out of the stack.
function hidden(error, from) {
  Error.captureStackTrace(error, from);
  return error;
}

function endpoint(address, port) {
  if (port && port > 0) return ` ${address}:${port}`;
  return address ? ` ${address}` : '';
}

// fs style: "ENOENT: no such file or directory, open '/x' -> '/y'". The context's other keys become properties.
function UVException(context) {
  const code = context.errno !== undefined ? errnoName(context.errno) : context.code;
  const text = context.message || (context.errno !== undefined ? errnoMessage(context.errno) : 'unknown error');
  let path;
  let dest;
  let message = `${code}: ${text}, ${context.syscall}`;
  if (context.path) {
    path = `${context.path}`;
    message += ` '${path}'`;
  }
  if (context.dest) {
    dest = `${context.dest}`;
    message += ` -> '${dest}'`;
  }
  const error = new Error(message);
  for (const key of Object.keys(context)) {
    if (key !== 'message' && key !== 'path' && key !== 'dest') error[key] = context[key];
  }
  error.code = code;
  if (path) error.path = path;
  if (dest) error.dest = dest;
  return hidden(error, UVException);
}

// "bind EADDRINUSE: address already in use 0.0.0.0:80"
function UVExceptionWithHostPort(errno, syscall, address, port) {
  const code = errnoName(errno);
  const error = new Error(`${syscall} ${code}: ${errnoMessage(errno)}${endpoint(address, port)}`);
  error.code = code;
  error.errno = errno;
  error.syscall = syscall;
  error.address = address;
  if (port) error.port = port;
  return hidden(error, UVExceptionWithHostPort);
}

// "kill ESRCH", with `original` appended where the caller has something to say.
function ErrnoException(errno, syscall, original) {
  const code = errnoName(errno);
  const error = new Error(original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  return hidden(error, ErrnoException);
}

// The same for what the event loop brings. No caller above has a frame worth telling, and capturing them costs more than the end of a connection does.
function LoopErrnoException(errno, syscall) {
  const descriptor = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  const code = errnoName(errno);
  if (descriptor?.writable) Error.stackTraceLimit = 0;
  const error = new Error(`${syscall} ${code}`);
  if (descriptor?.writable) Error.stackTraceLimit = descriptor.value;
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  return error;
}

// "connect ECONNREFUSED 127.0.0.1:80 - Local (0.0.0.0:0)"
function ExceptionWithHostPort(errno, syscall, address, port, additional) {
  const code = errnoName(errno);
  const local = additional ? ` - Local (${additional})` : '';
  const error = new Error(`${syscall} ${code}${endpoint(address, port)}${local}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  error.address = address;
  if (port) error.port = port;
  return hidden(error, ExceptionWithHostPort);
}

// `code` is a resolver's word (ENODATA) or a getaddrinfo number, of which "no such name" has always been ENOTFOUND.
function DNSException(code, syscall, hostname) {
  let errno;
  if (typeof code === 'number') {
    errno = code;
    code = errno === UV.UV_EAI_NODATA || errno === UV.UV_EAI_NONAME ? 'ENOTFOUND' : errnoName(errno);
  }
  const error = new Error(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  if (hostname) error.hostname = hostname;
  return hidden(error, DNSException);
}

function ConnResetException(message) {
  const error = new Error(message);
  error.code = 'ECONNRESET';
  return hidden(error, ConnResetException);
}

module.exports = {
  ConnResetException,
  DNSException,
  ErrnoException,
  ExceptionWithHostPort,
  LoopErrnoException,
  UVException,
  UVExceptionWithHostPort,
};

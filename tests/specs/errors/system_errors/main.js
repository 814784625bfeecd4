'use strict';
// Errors of system calls carry libuv's number, name and text.
const util = require('util');

const error = util._errnoException(-13, 'open', '/etc/secret');
console.log(error.message, error.errno, error.code, error.syscall);
const refused = util._exceptionWithHostPort(-111, 'connect', '127.0.0.1', 80, '0.0.0.0:0');
console.log(refused.message, refused.address, refused.port);
console.log(util.getSystemErrorName(-98), util.getSystemErrorMessage(-98));
console.log(util.getSystemErrorName(-9999), util.getSystemErrorMap().get(-2));

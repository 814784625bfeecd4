'use strict';
// By default a rejection that nobody handles ends the program, as an error even when its reason is none.
process.on('exit', (code) => console.log('exit', code));
process.on('uncaughtExceptionMonitor', (err, origin) => console.log(origin, err.name, err.code, err.message.slice(-12)));
Promise.reject(42);

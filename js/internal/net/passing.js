'use strict';
// What a socket that stands on another's handle has for those who can move its bytes without JavaScript (internal/http/server_socket.js).

// (take): has somebody else move the bytes, once none are on their way. `take(native, connection, ahead)` gets the handle of the descriptor, the TLS
// connection before it, and what was read and not told; `take(null)` says that it cannot be.
const kPassOn = Symbol('kPassOn');
// (native, handle): the bytes are the socket's again, and go through `native`; `handle` has moved them until now.
const kTakeBack = Symbol('kTakeBack');
// (handle): the bytes are that handle's
const kPassed = Symbol('kPassed');
// (): what was wrong with them, or null
const kFault = Symbol('kFault');

// (): there is something to be told of that is no byte of the connection's
const kOnNews = Symbol('kOnNews');

module.exports = { kFault, kOnNews, kPassOn, kPassed, kTakeBack };

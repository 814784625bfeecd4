'use strict';
// How a stream tells its FileHandle that it is in use. Streams must not load the promise interface for that.

module.exports = { kRef: Symbol('kRef'), kUnref: Symbol('kUnref') };

'use strict';

// The web streams classes of the global object, for the adapters between the two kinds of stream.

const {
  codes: { ERR_METHOD_NOT_IMPLEMENTED },
} = require('internal/errors');

// Looked up at each use, since the global object is filled after the built-ins are loaded.
function webClass(name) {
  const found = globalThis[name];
  if (typeof found !== 'function') throw new ERR_METHOD_NOT_IMPLEMENTED(`${name}()`);
  return found;
}

module.exports = { webClass };

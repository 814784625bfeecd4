'use strict';

// Between Node's streams and web streams: toWeb() and fromWeb() of each class. The web side is
// whatever the global object has.

const {
  codes: { ERR_METHOD_NOT_IMPLEMENTED },
} = require('internal/errors');

function missing(name) {
  return () => {
    throw new ERR_METHOD_NOT_IMPLEMENTED(name);
  };
}

module.exports = {
  readableFromWeb: missing('stream.Readable.fromWeb()'),
  readableToWeb: missing('stream.Readable.toWeb()'),
  writableFromWeb: missing('stream.Writable.fromWeb()'),
  writableToWeb: missing('stream.Writable.toWeb()'),
  duplexFromWeb: missing('stream.Duplex.fromWeb()'),
  duplexToWeb: missing('stream.Duplex.toWeb()'),
};

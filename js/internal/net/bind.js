'use strict';
// What can be known of a bind only afterwards.

const UV_EADDRINUSE = -98;

// A port that somebody else has is reported by listen() or connect(), and these may choose another port silently where the handle is shared.
// So the port that the handle has is compared with the one that was wanted.
function checkBindError(status, port, handle) {
  if (status === 0 && port > 0 && handle?.getsockname) {
    const out = {};
    status = handle.getsockname(out);
    if (status === 0 && port !== out.port) return UV_EADDRINUSE;
  }
  return status;
}

module.exports = { checkBindError };

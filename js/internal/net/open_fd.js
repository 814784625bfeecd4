'use strict';
// Descriptors that came from elsewhere, as handles of sockets.

const { codes: { ERR_INVALID_FD_TYPE }, ErrnoException } = require('internal/errors');
const { validateInt32 } = require('internal/validators');

// A handle for a descriptor number, of the class that fits it.
function openFd(fd) {
  validateInt32(fd, 'fd', 0);
  const type = ops.op_net_fd_type(fd);
  if (type !== 'PIPE' && type !== 'TCP') throw new ERR_INVALID_FD_TYPE(type);
  const handle = type === 'TCP' ? new ops.Tcp() : new ops.Pipe();
  const status = handle.open(fd);
  if (status) throw new ErrnoException(status, 'open');
  return handle;
}

module.exports = { openFd };

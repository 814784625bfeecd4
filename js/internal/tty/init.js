'use strict';
// What both kinds of terminal stream check of the descriptor that they are given.

const { codes: { ERR_INVALID_FD, ERR_TTY_INIT_FAILED }, uvErrorMessage } = require('internal/errors');

const EINVAL = -22;

function checkTerminal(fd) {
  if (fd >> 0 !== fd || fd < 0) throw new ERR_INVALID_FD(fd);
  if (ops.op_os_tty_is(fd)) return;
  throw new ERR_TTY_INIT_FAILED({ errno: EINVAL, code: 'EINVAL', message: uvErrorMessage(EINVAL), syscall: 'uv_tty_init' });
}

module.exports = { checkTerminal };

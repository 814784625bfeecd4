'use strict';

// Who the process runs as: user and group ids, and the file mode mask.

const {
  uvErrorMessage,
  uvErrorName,
  codes: { ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_CREDENTIAL },
} = require('internal/errors');
const { parseFileMode, validateArray, validateUint32 } = require('internal/validators');

// Failures here read as the C library words them.
function check(result, syscall) {
  if (result >= 0) return;
  const code = uvErrorName(result);
  const text = uvErrorMessage(result);
  const error = new Error(`${code}, ${text[0].toUpperCase()}${text.slice(1)}`);
  error.errno = -result;
  error.code = code;
  error.syscall = syscall;
  throw error;
}

function validateId(id, name) {
  if (typeof id === 'number') {
    validateUint32(id, name);
  } else if (typeof id !== 'string') {
    throw new ERR_INVALID_ARG_TYPE(name, ['number', 'string'], id);
  }
}

// The number of a user or group given by name or number.
function resolve(id, kind) {
  if (typeof id === 'number') return id | 0;
  const number = kind === 'User' ? ops.op_os_user_id(id) : ops.op_os_group_id(id);
  if (number < 0) throw new ERR_UNKNOWN_CREDENTIAL(kind, id);
  return number;
}

function makeSetter(kind, set, syscall) {
  return {
    [syscall](id) {
      validateId(id, 'id');
      check(set(resolve(id, kind)), syscall);
    },
  }[syscall];
}

function initgroups(user, extraGroup) {
  validateId(user, 'user');
  validateId(extraGroup, 'extraGroup');
  const group = resolve(extraGroup, 'Group');
  const name = typeof user === 'string' ? user : ops.op_os_user_name(user);
  if (name === null || ops.op_os_user_id(name) < 0) throw new ERR_UNKNOWN_CREDENTIAL('User', user);
  check(ops.op_os_initgroups(name, group), 'initgroups');
}

function setgroups(groups) {
  validateArray(groups, 'groups');
  for (let i = 0; i < groups.length; i++) validateId(groups[i], `groups[${i}]`);
  check(ops.op_os_setgroups(groups.map((group) => resolve(group, 'Group'))), 'setgroups');
}

function umask(mask) {
  if (mask === undefined) return ops.op_os_umask(-1);
  return ops.op_os_umask(parseFileMode(mask, 'mask'));
}

module.exports = {
  getegid: () => ops.op_os_getegid(),
  geteuid: () => ops.op_os_geteuid(),
  getgid: () => ops.op_os_getgid(),
  getgroups: () => ops.op_os_getgroups(),
  getuid: () => ops.op_os_getuid(),
  initgroups,
  setegid: makeSetter('Group', (id) => ops.op_os_setegid(id), 'setegid'),
  seteuid: makeSetter('User', (id) => ops.op_os_seteuid(id), 'seteuid'),
  setgid: makeSetter('Group', (id) => ops.op_os_setgid(id), 'setgid'),
  setgroups,
  setuid: makeSetter('User', (id) => ops.op_os_setuid(id), 'setuid'),
  umask,
};

'use strict';
// os: facts about the machine and the user, asked for when a function is called. The constants are in internal/os/constants.js.

const {
  codes: { ERR_SYSTEM_ERROR },
  uvErrorMessage,
  uvErrorName,
} = require('internal/errors');
const { validateInt32 } = require('internal/validators');
const constants = require('internal/os/constants');
const { FastBuffer } = require('internal/buffer/fast_buffer');

function check(result, syscall) {
  if (typeof result !== 'number' || result >= 0) return result;
  throw new ERR_SYSTEM_ERROR({
    __proto__: null,
    errno: result,
    code: uvErrorName(result),
    message: uvErrorMessage(result),
    syscall,
  });
}

let names;

function uname(index) {
  names ??= ops.op_os_uname();
  return names[index];
}

const type = () => uname(0);
const release = () => uname(1);
const version = () => uname(2);
const machine = () => uname(3);
const platform = () => 'linux';
const arch = () => process.arch;
const endianness = () => 'LE';
const uptime = () => ops.op_os_uptime();
const freemem = () => ops.op_os_freemem();
const totalmem = () => ops.op_os_totalmem();
const availableParallelism = () => ops.op_os_parallelism();

function hostname() {
  return check(ops.op_os_hostname(), 'uv_os_gethostname');
}

function loadavg() {
  const load = new Float64Array(3);
  ops.op_os_loadavg(load);
  return [load[0], load[1], load[2]];
}

function homedir() {
  const { HOME } = process.env;
  if (HOME) return HOME;
  return userFields('uv_os_homedir')[3].utf8Slice();
}

// No slash at the end, unless the path is nothing else.
function tmpdir() {
  const { env } = process;
  const path = env.TMPDIR || env.TMP || env.TEMP || '/tmp';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function cpus() {
  const { models, speeds, times } = ops.op_os_cpus();
  return models.map((model, i) => {
    const [user, nice, sys, idle, irq] = times.slice(i * 5, i * 5 + 5);
    return { model, speed: speeds[i], times: { user, nice, sys, idle, irq } };
  });
}

function networkInterfaces() {
  const interfaces = {};
  for (const { name, address, netmask, prefix, ipv6, mac, internal, scope } of ops.op_os_interfaces()) {
    const entry = {
      address,
      netmask,
      family: ipv6 ? 'IPv6' : 'IPv4',
      mac,
      internal,
      cidr: prefix === -1 ? null : `${address}/${prefix}`,
    };
    if (ipv6) entry.scopeid = scope;
    (interfaces[name] ??= []).push(entry);
  }
  return interfaces;
}

function userFields(syscall) {
  const fields = check(ops.op_os_user(), syscall);
  for (let i = 2; i < fields.length; i++) {
    const view = fields[i];
    fields[i] = new FastBuffer(view.buffer, view.byteOffset, view.byteLength);
  }
  return fields;
}

function userInfo(options) {
  const encoding = options?.encoding === 'buffer' ? 'buffer' : options?.encoding;
  const [uid, gid, ...texts] = userFields('uv_os_get_passwd');
  const [username, home, shell] = texts.map((text) => {
    if (encoding === 'buffer') return text;
    return text.toString(encoding && Buffer.isEncoding(encoding) ? encoding : 'utf8');
  });
  return { __proto__: null, uid, gid, username, homedir: home, shell };
}

function setPriority(pid, priority) {
  if (priority === undefined) {
    priority = pid;
    pid = 0;
  }
  validateInt32(pid, 'pid');
  validateInt32(priority, 'priority', -20, 19);
  check(ops.op_os_priority_set(pid, priority), 'uv_os_setpriority');
}

function getPriority(pid) {
  if (pid === undefined) pid = 0;
  else validateInt32(pid, 'pid');
  const slot = new Uint32Array(1);
  check(ops.op_os_priority_get(pid, slot), 'uv_os_getpriority');
  return slot[0] | 0;
}

// `${os.hostname}` and `+os.freemem` read as calls.
for (const fn of [
  arch, availableParallelism, endianness, freemem, homedir, hostname, machine, platform, release, tmpdir, totalmem, type, uptime,
  version,
]) {
  fn[Symbol.toPrimitive] = () => fn();
}

module.exports = {
  arch,
  availableParallelism,
  cpus,
  endianness,
  freemem,
  getPriority,
  homedir,
  hostname,
  loadavg,
  networkInterfaces,
  platform,
  release,
  setPriority,
  tmpdir,
  totalmem,
  type,
  userInfo,
  uptime,
  version,
  machine,
};

Object.defineProperties(module.exports, {
  constants: { __proto__: null, configurable: false, enumerable: true, value: constants },
  EOL: { __proto__: null, configurable: true, enumerable: true, writable: false, value: '\n' },
  devNull: { __proto__: null, configurable: true, enumerable: true, writable: false, value: '/dev/null' },
});

'use strict';

// What process tells about the program and the machine, and the plain calls on
// the system: argv, versions, config, features, cwd, chdir, kill, title.

const {
  ErrnoException,
  UVException,
  codes: { ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_SIGNAL },
} = require('internal/errors');
const { getOption } = require('internal/options');
const { validateString } = require('internal/validators');
const { defineFact, process } = require('internal/process/object');
const { signalNumber } = require('internal/process/signal_numbers');
const { NODE_MODULE_VERSION, makeVersions, release, version } = require('internal/process/versions');

// ---------------------------------------------------------------------------
// Calls

const UV_ENOENT = -2;
// Why a current directory does not exist; what libuv says of it, with what Node adds.
const REMOVED = 'process.cwd failed with error no such file or directory, ' +
  'the current working directory was likely removed without changing the working directory';

let currentDirectory;

function cwd() {
  if (currentDirectory === undefined) {
    const path = ops.op_os_cwd();
    if (typeof path === 'number') {
      throw new UVException({ errno: path, syscall: 'uv_cwd', message: path === UV_ENOENT ? REMOVED : undefined });
    }
    currentDirectory = path;
  }
  return currentDirectory;
}

function chdir(directory) {
  validateString(directory, 'directory');
  const err = ops.op_os_chdir(directory);
  if (err !== 0) {
    throw new UVException({ errno: err, syscall: 'chdir', path: process.cwd(), dest: directory });
  }
  currentDirectory = undefined;
}

// Apart from kill() so that it can be watched by replacing it.
function _kill(pid, signal) {
  return ops.op_os_kill(pid, signal);
}

function kill(pid, signal) {
  // eslint-disable-next-line eqeqeq -- '12' is a pid, 'x' and null are not
  if (pid != (pid | 0)) throw new ERR_INVALID_ARG_TYPE('pid', 'number', pid);

  let err;
  if (typeof signal === 'number') {
    err = process._kill(pid | 0, signal);
  } else {
    const name = signal || 'SIGTERM';
    const number = signalNumber(name);
    if (number === undefined) throw new ERR_UNKNOWN_SIGNAL(name);
    err = process._kill(pid | 0, number);
  }
  if (err) throw new ErrnoException(err, 'kill');
  return true;
}

// ---------------------------------------------------------------------------
// Facts

const features = {};
for (const [name, value] of Object.entries({
  inspector: true,
  debug: false,
  uv: false,
  ipv6: true,
  openssl_is_boringssl: false,
  tls_alpn: true,
  tls_sni: true,
  tls_ocsp: false,
  tls: true,
  quic: false,
  cached_builtins: true,
  typescript: false,
})) {
  Object.defineProperty(features, name, {
    __proto__: null,
    enumerable: true,
    configurable: false,
    get: () => value,
  });
}
Object.defineProperty(features, 'require_module', {
  __proto__: null,
  enumerable: true,
  configurable: false,
  get: () => getOption('experimental-require-module') !== 'false' && getOption('require-module') !== 'false',
});
Object.freeze(features);

const config = Object.freeze({
  __proto__: null,
  target_defaults: Object.freeze({
    __proto__: null,
    cflags: Object.freeze([]),
    default_configuration: 'Release',
    defines: Object.freeze([]),
    include_dirs: Object.freeze([]),
    libraries: Object.freeze([]),
  }),
  variables: Object.freeze({
    __proto__: null,
    asan: 0,
    napi_build_version: '',
    node_module_version: NODE_MODULE_VERSION,
    node_builtin_shareable_builtins: Object.freeze([]),
    node_shared: false,
    node_use_amaro: false,
    v8_enable_i18n_support: typeof Intl === 'object' ? 1 : 0,
  }),
});

defineFact('version', version);
defineFact('features', features);
defineFact('config', config);
defineFact('arch', ops.op_os_arch());
defineFact('platform', ops.op_os_platform());

Object.defineProperty(process, 'release', {
  __proto__: null,
  configurable: false,
  enumerable: true,
  writable: false,
  value: release,
});

Object.defineProperties(process, {
  pid: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: () => ops.op_os_getpid(),
    set: undefined,
  },
  ppid: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: () => ops.op_os_getppid(),
    set: undefined,
  },
  title: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get: () => ops.op_os_title_get(),
    set(value) {
      validateString(value, 'title');
      ops.op_os_title_set(value);
    },
  },
  debugPort: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    writable: true,
    value: 9229,
  },
});

// The words of the command line and what depends on them.
function initialize({ argv0, args, execArgv, execPath, rtjsVersion, script }) {
  defineFact('versions', makeVersions(rtjsVersion, ops.op_os_v8_version()));
  defineFact('argv0', argv0);
  process.execPath = execPath;
  process.execArgv = execArgv;
  process.argv = script === undefined ? [execPath, ...args] : [execPath, script, ...args];
}

module.exports = { _kill, chdir, cwd, initialize, kill };

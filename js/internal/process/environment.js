'use strict';

// Calls on the surroundings of the program: .env files, other programs in this
// one's place, built-in modules by name, native code.

const {
  uvErrorMessage,
  uvErrorName,
  codes: {
    ERR_INVALID_ARG_VALUE,
    ERR_METHOD_NOT_IMPLEMENTED,
  },
} = require('internal/errors');
const {
  validateArray,
  validateBoolean,
  validateObject,
  validateString,
} = require('internal/validators');
const { process } = require('internal/process/object');

function isCString(value) {
  return typeof value === 'string' && !value.includes('\0');
}

// Replaces the running program. Returns only to say why it could not.
function execve(execPath, args = [], env = process.env) {
  validateString(execPath, 'execPath');
  validateArray(args, 'args');
  for (let i = 0; i < args.length; i++) {
    if (!isCString(args[i])) {
      throw new ERR_INVALID_ARG_VALUE(`args[${i}]`, args[i], 'must be a string without null bytes');
    }
  }
  validateObject(env, 'env');
  const pairs = [];
  for (const key of Object.keys(env)) {
    if (!isCString(key) || !isCString(env[key])) {
      throw new ERR_INVALID_ARG_VALUE(
        'env', env, 'must be an object with string keys and values without null bytes');
    }
    pairs.push(`${key}=${env[key]}`);
  }
  const err = ops.op_os_execve(execPath, args, pairs);
  const code = uvErrorName(err);
  const words = uvErrorMessage(err);
  const failure = new Error(`${code}, ${words[0].toUpperCase()}${words.slice(1)} '${execPath}'`);
  throw Object.assign(failure, { errno: -err, code, path: execPath, syscall: 'execve' });
}

function loadEnvFile(path = '.env') {
  // fs is a neighbour that needs the process object itself.
  path = require('internal/fs/validate').getPath(path);
  const content = require('fs').readFileSync(path, 'utf8');
  const variables = require('util').parseEnv(content);
  for (const key of Object.keys(variables)) {
    // What the program was started with wins over the file.
    if (process.env[key] === undefined) process.env[key] = variables[key];
  }
}

function getBuiltinModule(id) {
  validateString(id, 'id');
  const { normalize, requireBuiltin } = require('internal/bootstrap/builtins');
  const name = normalize(id);
  return name === undefined ? undefined : requireBuiltin(name);
}

Object.defineProperty(process, 'sourceMapsEnabled', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get: () => require('internal/source_map/support').isEnabled(),
});

function setSourceMapsEnabled(enabled) {
  validateBoolean(enabled, 'enabled');
  require('internal/source_map/support').setSupport({ enabled, nodeModules: enabled, generatedCode: enabled });
}

// Of the internals that very old code asks for by name: what public modules have as well. What such code needs to load is there, and nothing more.
const utilBinding = [
  'isAnyArrayBuffer', 'isArrayBuffer', 'isArrayBufferView', 'isAsyncFunction', 'isDataView', 'isDate', 'isExternal', 'isMap',
  'isMapIterator', 'isNativeError', 'isPromise', 'isRegExp', 'isSet', 'isSetIterator', 'isTypedArray', 'isUint8Array',
];

const bindings = {
  __proto__: null,
  buffer() {
    const { constants } = require('buffer');
    return { kMaxLength: constants.MAX_LENGTH, kStringMaxLength: constants.MAX_STRING_LENGTH };
  },
  constants() {
    const names = ['os', 'fs', 'crypto', 'zlib'];
    return Object.fromEntries(names.map((name) => [name, getBuiltinModule(name).constants]));
  },
  tty_wrap() {
    return {
      isTTY: getBuiltinModule('tty').isatty,
      TTY: function TTY() {
        throw new ERR_METHOD_NOT_IMPLEMENTED("process.binding('tty_wrap').TTY()");
      },
    };
  },
  util() {
    const { types } = require('util');
    return Object.fromEntries(utilBinding.map((test) => [test, types[test]]));
  },
  uv() {
    const { getSystemErrorMap } = require('util');
    const numbers = {};
    for (const [number, [code]] of getSystemErrorMap()) numbers[`UV_${code}`] = number;
    return { errname: uvErrorName, ...numbers };
  },
};

function binding(name) {
  name = `${name}`;
  if (name in bindings) return bindings[name]();
  throw new Error(`No such module: ${name}`);
}

function dlopen() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('process.dlopen()');
}

module.exports = {
  binding,
  dlopen,
  execve,
  getBuiltinModule,
  loadEnvFile,
  setSourceMapsEnabled,
};

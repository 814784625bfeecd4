'use strict';
// The ERR_* messages that depend on the values they are given, as functions of the constructor's arguments
// (`this` is the error being made, for codes that carry further properties). Fixed texts are in errors/codes.js.

const { describeReceived, formatList, inspectValue, groupDigits } = require('internal/errors/received');

const TYPE_NAMES = new Set([
  'string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol',
]);
const CLASS_NAME = /^[A-Z][a-zA-Z0-9]*$/;

function subject(name) {
  if (name.endsWith(' argument')) return name;
  return `"${name}" ${name.includes('.') ? 'property' : 'argument'}`;
}

function expectation(expected) {
  const list = Array.isArray(expected) ? expected : [expected];
  const types = [];
  const classes = [];
  const others = [];
  for (const item of list) {
    if (TYPE_NAMES.has(item)) types.push(item.toLowerCase());
    else if (CLASS_NAME.test(item)) classes.push(item);
    else others.push(item);
  }
  const objectAt = types.indexOf('object');
  if (classes.length > 0 && objectAt !== -1) {
    types.splice(objectAt, 1);
    classes.push('Object');
  }
  const parts = [];
  if (types.length > 0) {
    parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${formatList(types, 'or')}`);
  }
  if (classes.length > 0) parts.push(`an instance of ${formatList(classes, 'or')}`);
  if (others.length > 1) {
    parts.push(`one of ${formatList(others, 'or')}`);
  } else if (others.length === 1) {
    parts.push(others[0].toLowerCase() === others[0] ? others[0] : `an ${others[0]}`);
  }
  return parts.join(' or ');
}

const byKind = {
  Error: {
    ERR_DNS_SET_SERVERS_FAILED(error, servers) {
      return `c-ares failed to set servers: "${error}" [${inspectValue(servers)}]`;
    },
    ERR_FALSY_VALUE_REJECTION(reason) {
      this.reason = reason;
      return 'Promise was rejected with falsy value';
    },
    ERR_INTERNAL_ASSERTION(message) {
      const suffix = 'This is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n' +
        'Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n';
      return message === undefined ? suffix : `${message}\n${suffix}`;
    },
    ERR_INVALID_PACKAGE_CONFIG(path, base, message) {
      return `Invalid package config ${path}${base ? ` while importing ${base}` : ''}${message ? `. ${message}` : ''}`;
    },
    ERR_INVALID_PACKAGE_TARGET(packagePath, key, target, isImport = false, base = undefined) {
      const relative = typeof target === 'string' && !isImport && target.length > 0 && !target.startsWith('./');
      const hint = relative ? '; targets must start with "./"' : '';
      const from = base ? ` imported from ${base}` : '';
      if (key === '.') {
        return `Invalid "exports" main target ${JSON.stringify(target)} defined in the package config ` +
          `${packagePath}package.json${from}${hint}`;
      }
      return `Invalid "${isImport ? 'imports' : 'exports'}" target ${JSON.stringify(target)} defined for '${key}' ` +
        `in the package config ${packagePath}package.json${from}${hint}`;
    },
    ERR_MODULE_NOT_FOUND(path, base, exactUrl) {
      if (exactUrl) {
        // Defined rather than assigned: a setter on Error.prototype has no say.
        Object.defineProperty(this, 'url', {
          __proto__: null, configurable: true, enumerable: true, value: `${exactUrl}`, writable: true,
        });
      }
      return `Cannot find ${exactUrl ? 'module' : 'package'} '${path}' imported from ${base}`;
    },
    ERR_PACKAGE_PATH_NOT_EXPORTED(packagePath, subpath, base = undefined) {
      const from = base ? ` imported from ${base}` : '';
      if (subpath === '.') return `No "exports" main defined in ${packagePath}package.json${from}`;
      return `Package subpath '${subpath}' is not defined by "exports" in ${packagePath}package.json${from}`;
    },
    ERR_REQUIRE_ASYNC_MODULE(filename, requireStack) {
      let text = 'require() cannot be used on an ESM graph with top-level await. Use import() instead. ' +
        'To see where the top-level await comes from, use --experimental-print-required-tla.';
      if (filename) text += `\nRequired module: ${filename}`;
      if (requireStack.length > 0) text += `\nRequire stack:\n- ${requireStack.join('\n- ')}`;
      return text;
    },
    ERR_REQUIRE_ESM(filename, hasEsmSyntax, parentPath, packageJsonPath) {
      const text = `require() of ES Module ${filename}${parentPath ? ` from ${parentPath}` : ''} not supported.`;
      // In a package of ES modules the name alone says which file is meant.
      const file = packageJsonPath ? filename.slice(filename.lastIndexOf('/') + 1) : filename;
      if (packageJsonPath && !hasEsmSyntax) {
        return `${text}\n${file} is treated as an ES module file as it is a .js file whose nearest parent package.json contains ` +
          '"type": "module" which declares all .js files in that package scope as ES modules.\n' +
          `Instead either rename ${file} to end in .cjs, change the requiring code to use dynamic import() which is available in ` +
          `all CommonJS modules, or change "type": "module" to "type": "commonjs" in ${packageJsonPath} to treat all .js files as ` +
          'CommonJS (using .mjs for all ES modules instead).\n';
      }
      return `${text}\nInstead change the require of ${file}${parentPath ? ` in ${parentPath}` : ''} to a dynamic import() ` +
        'which is available in all CommonJS modules.';
    },
    ERR_TEST_FAILURE(error, failureType) {
      this.failureType = error?.failureType !== undefined ? error.failureType : failureType;
      this.cause = error;
      return typeof error === 'string' ? error : (error?.message ?? inspectValue(error));
    },
    ERR_TLS_CERT_ALTNAME_INVALID(reason, host, cert) {
      this.reason = reason;
      this.host = host;
      this.cert = cert;
      return `Hostname/IP does not match certificate's altnames: ${reason}`;
    },
    ERR_UNHANDLED_ERROR(error = undefined) {
      return error === undefined ? 'Unhandled error.' : `Unhandled error. (${error})`;
    },
    ERR_UNSUPPORTED_ESM_URL_SCHEME(url, supported) {
      return `Only URLs with a scheme in: ${formatList(supported, 'and')} are supported by the default ESM loader. ` +
        `Received protocol '${url.protocol}'`;
    },
    ERR_UNSUPPORTED_RESOLVE_REQUEST(request, base) {
      return `Failed to resolve module specifier "${request}" from "${base}": Invalid relative URL or base scheme ` +
        'is not hierarchical.';
    },
    ERR_VM_MODULE_LINK_FAILURE(message, cause) {
      this.cause = cause;
      return message;
    },
    ERR_WORKER_INVALID_EXEC_ARGV(errors, what = 'invalid execArgv flags') {
      return `Initiated Worker with ${what}: ${errors.join(', ')}`;
    },
  },
  TypeError: {
    ERR_IMPORT_ATTRIBUTE_MISSING(url, key, value) {
      return `Module "${url}" needs an import attribute of "${key}: ${value}"`;
    },
    ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE(url, type) {
      return `Module "${url}" is not of type "${type}"`;
    },
    ERR_INVALID_ARG_TYPE(name, expected, actual) {
      return `The ${subject(name)} must be ${expectation(expected)}. Received ${describeReceived(actual)}`;
    },
    ERR_INVALID_ARG_VALUE: invalidArgValue,
    ERR_INVALID_CHAR(name, field = undefined) {
      return `Invalid character in ${name}${field === undefined ? '' : ` ["${field}"]`}`;
    },
    ERR_INVALID_MIME_SYNTAX(production, text, at) {
      return `The MIME syntax for a ${production} in ${JSON.stringify(text)} is invalid` +
        (at === -1 ? '' : ` at ${at}`);
    },
    ERR_INVALID_MODULE_SPECIFIER(request, reason, base = undefined) {
      return `Invalid module "${request}" ${reason}${base ? ` imported from ${base}` : ''}`;
    },
    ERR_INVALID_RETURN_PROPERTY_VALUE(input, name, property, value) {
      return `Expected ${input} to be returned for the "${property}" from the "${name}" hook but got ` +
        `${describeReceived(value)}.`;
    },
    ERR_INVALID_RETURN_VALUE: invalidReturnValue,
    ERR_INVALID_URL(input, base = null) {
      this.input = input;
      if (base != null) this.base = base;
      return 'Invalid URL';
    },
    ERR_INVALID_URL_SCHEME(expected) {
      const list = typeof expected === 'string' ? [expected] : expected;
      return `The URL must be ${list.length === 2 ?
        `one of scheme ${list[0]} or ${list[1]}` : `of scheme ${list[0]}`}`;
    },
    ERR_MISSING_ARGS(...names) {
      const quoted = names.map((name) => (
        Array.isArray(name) ? name.map((one) => `"${one}"`).join(' or ') : `"${name}"`));
      return `The ${formatList(quoted, 'and')} argument${names.length > 1 ? 's' : ''} must be specified`;
    },
    ERR_PACKAGE_IMPORT_NOT_DEFINED(specifier, packagePath, base) {
      return `Package import specifier "${specifier}" is not defined` +
        `${packagePath ? ` in package ${packagePath}package.json` : ''} imported from ${base}`;
    },
    ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(positional) {
      return `Unexpected argument '${positional}'. This command does not take positional arguments`;
    },
    ERR_PARSE_ARGS_UNKNOWN_OPTION(option, allowPositionals) {
      if (!allowPositionals) return `Unknown option '${option}'`;
      return `Unknown option '${option}'. To specify a positional argument starting with a '-', place it at the end ` +
        `of the command after '--', as in '-- ${JSON.stringify(option)}`;
    },
    ERR_WORKER_PATH(filename) {
      return 'The worker script or module filename must be an absolute path or a relative path starting with ' +
        `'./' or '../'.${filename.startsWith('file://') ? " Wrap file:// URLs with `new URL`." : ''} ` +
        `Received "${filename}"`;
    },
  },
  RangeError: {
    ERR_BUFFER_OUT_OF_BOUNDS(name = undefined) {
      return name ? `"${name}" is outside of buffer bounds` : 'Attempt to access memory outside buffer bounds';
    },
    ERR_INVALID_ADDRESS_FAMILY(addressType, host, port) {
      this.host = host;
      this.port = port;
      return `Invalid address family: ${addressType} ${host}:${port}`;
    },
    ERR_INVALID_ARG_VALUE: invalidArgValue,
    ERR_INVALID_RETURN_VALUE: invalidReturnValue,
    ERR_OUT_OF_RANGE(name, range, input, nameIsMessage = false) {
      const head = nameIsMessage ? name : `The value of "${name}" is out of range.`;
      let received;
      if (Number.isInteger(input) && Math.abs(input) > 2 ** 32) {
        received = groupDigits(String(input));
      } else if (typeof input === 'bigint') {
        received = String(input);
        if (input > 2n ** 32n || input < -(2n ** 32n)) received = groupDigits(received);
        received += 'n';
      } else {
        received = inspectValue(input);
      }
      return `${head} It must be ${range}. Received ${received}`;
    },
    ERR_SOCKET_BAD_PORT(name, port, allowZero = true) {
      return `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. Received ${describeReceived(port)}.`;
    },
  },
};

function invalidArgValue(name, value, reason = 'is invalid') {
  let shown = inspectValue(value);
  if (shown.length > 128) shown = `${shown.slice(0, 128)}...`;
  return `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${shown}`;
}

function invalidReturnValue(input, name, value) {
  return `Expected ${input} to be returned from the "${name}" function but got ${describeReceived(value)}.`;
}

// One text for all three classes: the caller picks by `new ERR_INVALID_STATE.TypeError(...)`.
const invalidState = (what) => `Invalid state: ${what}`;
byKind.Error.ERR_INVALID_STATE = invalidState;
byKind.TypeError.ERR_INVALID_STATE = invalidState;
byKind.RangeError.ERR_INVALID_STATE = invalidState;

module.exports = byKind;

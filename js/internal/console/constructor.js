'use strict';
// The Console class, and what a console is made of. The global console is made in console/global.js.

const {
  codes: { ERR_CONSOLE_WRITABLE_STREAM, ERR_INCOMPATIBLE_OPTION_PAIR },
} = require('internal/errors');
const { validateInteger, validateObject, validateOneOf } = require('internal/validators');
const {
  kColorMode, kGroupIndentation, kGroupIndentationWidth, kInspectOptions, makeErrorHandler,
} = require('internal/console/output');
const { kCounts, methods } = require('internal/console/methods');

const DEFAULT_GROUP_INDENTATION = 2;
const MAX_GROUP_INDENTATION = 1000;

const kIsConsole = Symbol('kIsConsole');

function hidden(value) {
  return { __proto__: null, value, writable: true, enumerable: false, configurable: true };
}

// The properties that hold a console's settings and state.
function setUp(console, ignoreErrors, colorMode, groupIndentation) {
  Object.defineProperties(console, {
    _stdoutErrorHandler: hidden(undefined),
    _stderrErrorHandler: hidden(undefined),
    _ignoreErrors: hidden(Boolean(ignoreErrors)),
    _times: hidden(new Map()),
    [kCounts]: hidden(new Map()),
    [kColorMode]: hidden(colorMode),
    [kInspectOptions]: hidden(undefined),
    [kGroupIndentation]: hidden(''),
    [kGroupIndentationWidth]: hidden(groupIndentation),
    [kIsConsole]: hidden(true),
    [Symbol.toStringTag]: { __proto__: null, value: 'console', writable: false, enumerable: false, configurable: true },
  });
}

// Methods work without their console ("forEach(console.log)"). A subclass's own are bound like ours.
function bindMethods(console, source) {
  for (const name of Object.keys(methods)) {
    const bound = source[name].bind(console);
    Object.defineProperty(bound, 'name', { __proto__: null, value: name, configurable: true });
    console[name] = bound;
  }
}

function checkInspectOptions(inspectOptions, colorMode, hasColorMode) {
  validateObject(inspectOptions, 'options.inspectOptions');
  if (inspectOptions.colors !== undefined && hasColorMode) {
    throw new ERR_INCOMPATIBLE_OPTION_PAIR('options.inspectOptions.color', 'colorMode');
  }
}

function perStream(inspectOptions, stdout, stderr, options) {
  const hasColorMode = options.colorMode !== undefined;
  if (core.isMap(inspectOptions)) {
    for (const one of inspectOptions.values()) checkInspectOptions(one, options.colorMode, hasColorMode);
    return new WeakMap(inspectOptions);
  }
  checkInspectOptions(inspectOptions, options.colorMode, hasColorMode);
  return new WeakMap([[stdout, inspectOptions], [stderr, inspectOptions]]);
}

function Console(options) {
  // Works as a function too.
  if (new.target === undefined) return Reflect.construct(Console, arguments);

  if (!options || typeof options.write === 'function') {
    options = { stdout: options, stderr: arguments[1], ignoreErrors: arguments[2] };
  }
  const {
    stdout,
    stderr = stdout,
    ignoreErrors = true,
    colorMode = 'auto',
    inspectOptions,
    groupIndentation = DEFAULT_GROUP_INDENTATION,
  } = options;
  if (!stdout || typeof stdout.write !== 'function') throw new ERR_CONSOLE_WRITABLE_STREAM('stdout');
  if (!stderr || typeof stderr.write !== 'function') throw new ERR_CONSOLE_WRITABLE_STREAM('stderr');
  validateOneOf(colorMode, 'colorMode', ['auto', true, false]);
  validateInteger(groupIndentation, 'groupIndentation', 0, MAX_GROUP_INDENTATION);
  const optionsByStream = inspectOptions === undefined ?
    undefined : perStream(inspectOptions, stdout, stderr, options);

  bindMethods(this, this);
  setUp(this, ignoreErrors, colorMode, groupIndentation);
  Object.defineProperties(this, {
    _stdout: hidden(stdout),
    _stderr: hidden(stderr),
  });
  this._stdoutErrorHandler = makeErrorHandler(stdout);
  this._stderrErrorHandler = makeErrorHandler(stderr);
  this[kInspectOptions] = optionsByStream;
}
Object.assign(Console.prototype, methods);

// The global console is one too, though no constructor made it.
Object.defineProperty(Console, Symbol.hasInstance, {
  __proto__: null,
  value(instance) {
    return instance != null && instance[kIsConsole] === true;
  },
});

module.exports = { Console, bindMethods, setUp };

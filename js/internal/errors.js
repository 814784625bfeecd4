'use strict';
// Makes Node's ERR_* error classes from the message tables (errors/codes.js, errors/messages.js) and is the one
// place that other built-ins ask for errors. System call errors come from errors/system.js and are re-exported.

const fixed = require('internal/errors/codes');
const computed = require('internal/errors/messages');
const system = require('internal/errors/system');
const { UV, errnoMap, errnoMessage, errnoName } = require('internal/errors/errno');
const {
  describeReceived, formatList, groupDigits, hasBuiltInToString, inspectValue,
} = require('internal/errors/received');

const codes = { __proto__: null };
const kIsNodeError = Symbol('kIsNodeError');

// As util.format's %s does: an object that does not say how it reads as text is inspected.
function show(value) {
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  const inspected = typeof value === 'object' && value !== null && hasBuiltInToString(value);
  return inspected ? inspectValue(value, { depth: 0, colors: false, compact: 3 }) : String(value);
}

function fill(text, args) {
  let next = 0;
  return text.replace(/%[sd]/g, (directive) => (next < args.length ? show(args[next++]) : directive));
}

function codedToString() {
  return `${this.name} [${this.code}]: ${this.message}`;
}

function defineHidden(error, key, value) {
  Object.defineProperty(error, key, { __proto__: null, value, enumerable: false, writable: true, configurable: true });
}

// The function below which the stack of the next coded error begins, where that is not its constructor.
let framesHiddenUpTo;

// Capturing a stack is most of what an error costs, and the constructor's own would only be captured again.
function constructWithoutStack(Base) {
  const descriptor = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  if (descriptor === undefined || descriptor.writable !== true) return new Base();
  Error.stackTraceLimit = 0;
  const error = new Base();
  Error.stackTraceLimit = descriptor.value;
  return error;
}

function makeClass(Base, code, text) {
  function NodeError(...args) {
    const from = framesHiddenUpTo ?? NodeError;
    framesHiddenUpTo = undefined;
    const error = constructWithoutStack(Base);
    error.code = code;
    const message = typeof text === 'function' ? Reflect.apply(text, error, args) : fill(text, args);
    defineHidden(error, kIsNodeError, true);
    defineHidden(error, 'message', message);
    defineHidden(error, 'toString', codedToString);
    Error.captureStackTrace(error, from);
    return error;
  }
  // So that `instanceof codes.ERR_X` and `new ERR_X()` agree with the class the error really has.
  NodeError.prototype = Base.prototype;
  return NodeError;
}

// A new error of a coded class, whose stack begins with the caller of `from`.
function hideFrames(from, ErrorClass, args) {
  framesHiddenUpTo = from;
  return new ErrorClass(...args);
}

// For failed system calls that are reported under a code of Node's own; `info` is the context as given.
function makeSystemClass(code, prefix) {
  function NodeError(context) {
    return new SystemError(code, prefix, context, NodeError);
  }
  NodeError.prototype = SystemError.prototype;
  return NodeError;
}

function liveContextProperty(context, key) {
  return {
    __proto__: null,
    get() {
      return context[key];
    },
    set(value) {
      context[key] = value;
    },
    enumerable: true,
    configurable: true,
  };
}

class SystemError extends Error {
  constructor(code, prefix, context, from = SystemError) {
    let message = `${prefix}: ${context.syscall} returned ${context.code} (${context.message})`;
    if (context.path !== undefined) message += ` ${context.path}`;
    if (context.dest !== undefined) message += ` => ${context.dest}`;
    super(message);
    this.code = code;
    defineHidden(this, kIsNodeError, true);
    defineHidden(this, 'name', 'SystemError');
    Object.defineProperty(this, 'info', {
      __proto__: null, value: context, enumerable: true, writable: false, configurable: true,
    });
    for (const key of ['errno', 'syscall']) Object.defineProperty(this, key, liveContextProperty(context, key));
    for (const key of ['path', 'dest']) {
      if (context[key] !== undefined) Object.defineProperty(this, key, liveContextProperty(context, key));
    }
    Error.captureStackTrace(this, from);
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](_depth, options) {
    return inspectValue(this, { ...options, getters: true, customInspect: false });
  }
}

// The first class named is the plain `codes.X`; the others hang off it by their base's name (`codes.X.RangeError`).
function E(code, text, ...bases) {
  const classes = bases.map((Base) => (
    Base === SystemError ? makeSystemClass(code, text) : makeClass(Base, code, text)));
  bases.forEach((Base, i) => {
    classes[0][Base.name] = classes[i];
  });
  codes[code] = classes[0];
}

for (const [kind, Base] of [
  ['plain', Error], ['type', TypeError], ['range', RangeError], ['syntax', SyntaxError], ['uri', URIError],
  ['system', SystemError],
]) {
  for (const code of Object.keys(fixed[kind])) E(code, fixed[kind][code], Base);
}

// Where a code has several classes, the first of these is the default.
for (const Base of [Error, TypeError, RangeError]) {
  for (const [code, text] of Object.entries(computed[Base.name])) {
    if (codes[code] === undefined) E(code, text, Base);
    else codes[code][Base.name] = makeClass(Base, code, text);
  }
}
class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    if (options !== undefined && (options === null || typeof options !== 'object')) {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

function genericNodeError(message, properties) {
  const error = new Error(message);
  Object.assign(error, properties);
  Error.captureStackTrace(error, genericNodeError);
  return error;
}

// Neither of two errors may get lost, and the outer one is what its caller expects to see.
function aggregateTwoErrors(inner, outer) {
  if (!inner || !outer || inner === outer) return inner || outer;
  if (Array.isArray(outer.errors)) {
    outer.errors.push(inner);
    return outer;
  }
  const error = new AggregateError([outer, inner], outer.message);
  error.code = outer.code;
  Error.captureStackTrace(error, aggregateTwoErrors);
  return error;
}

// What `fn` throws looks as if its caller had thrown it. Costs a try per call: hot code recaptures with
// hideFrames where it throws instead.
function hideStackFrames(fn) {
  function wrapped(...args) {
    try {
      return Reflect.apply(fn, this, args);
    } catch (error) {
      if (Error.stackTraceLimit && core.isNativeError(error)) Error.captureStackTrace(error, wrapped);
      throw error;
    }
  }
  wrapped.withoutStackTrace = fn;
  return wrapped;
}

function isErrorLike(value) {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'stack');
}

let overflow;

function isStackOverflowError(error) {
  if (overflow === undefined) {
    const recurse = () => recurse();
    try {
      recurse();
    } catch (caught) {
      overflow = { name: caught.name, message: caught.message };
    }
  }
  return error && error.name === overflow.name && error.message === overflow.message;
}

// With source maps: (callSites) => texts.
let describeSites;

function setSiteDescriber(describe) {
  describeSites = describe;
}

// The text of error.stack, called by the runtime when a stack is first read.
function prepareStackTrace(error, callSites) {
  const custom = globalThis.Error?.prepareStackTrace;
  if (typeof custom === 'function') return Reflect.apply(custom, globalThis.Error, [error, callSites]);
  let header;
  try {
    header = error[kIsNodeError] === true ?
      codedToString.call(error) : Reflect.apply(Error.prototype.toString, error, []);
  } catch {
    header = '<error>';
  }
  if (callSites.length === 0) return header;
  const described = describeSites === undefined ? callSites : describeSites(callSites);
  const frames = `\n    at ${described.join('\n    at ')}`;
  return header + (frames.includes('ext:core/') ? endAtLoop(frames) : frames);
}

const LOOP_FRAME = /\n    at .*?\(?ext:core\/\w+\.js(:\d+:\d+)\)?(?=\n|$)/;

// The stack of a callback ends where the loop calls it, under the name by which programs and people know that place.
function endAtLoop(frames) {
  const match = LOOP_FRAME.exec(frames);
  if (match === null) return frames;
  const [frame, position] = match;
  const above = frames.slice(0, match.index);
  // Below the loop's own frames V8 puts the functions that await the callback's outcome.
  const below = frames.slice(match.index + frame.length);
  const asyncAt = below.indexOf('\n    at async ');
  const awaiting = asyncAt === -1 ? '' : below.slice(asyncAt);
  return `${above}\n    at process.processTicksAndRejections (node:internal/process/task_queues${position})${awaiting}`;
}

// Called once in each process: the snapshot cannot hold what this sets.
function initialize() {
  ops.op_core_stack_formatter_set(prepareStackTrace);
}

module.exports = {
  AbortError,
  E,
  SystemError,
  UV,
  aggregateTwoErrors,
  codes,
  determineSpecificType: describeReceived,
  addNumericalSeparator: groupDigits,
  errnoMap,
  formatList,
  genericNodeError,
  hideFrames,
  hideStackFrames,
  makeClass,
  initialize,
  isErrorLike,
  isStackOverflowError,
  kIsNodeError,
  setSiteDescriber,
  uvErrmap: errnoMap,
  uvErrorMessage: errnoMessage,
  uvErrorName: errnoName,
  ...system,
};

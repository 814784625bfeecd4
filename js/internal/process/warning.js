'use strict';

// process.emitWarning and the line that a warning leaves on standard error.

const {
  codes: { ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { validateString } = require('internal/validators');
const { getOption, getOptionList, hasOption } = require('internal/options');
const { process } = require('internal/process/object');
const { nextTick } = require('internal/process/task_queues');

// The name to use in `(Use \`node --trace-warnings ...\`)`: how this program was called.
function programName() {
  const argv0 = process.argv0 || 'node';
  return argv0.slice(argv0.lastIndexOf('/') + 1);
}

let redirectPath;
let hintShown = false;

function writeWarning(text) {
  if (redirectPath === undefined) {
    redirectPath = getOption('redirect-warnings') ?? process.env.NODE_REDIRECT_WARNINGS ?? '';
  }
  if (redirectPath !== '') {
    // A warning that cannot be written where it should be is better seen than lost.
    if (ops.op_os_file_append(redirectPath, `${text}\n`) === 0) return;
  }
  // By way of process.stderr, which a program may have replaced. The console needs streams, and those the process object.
  require('internal/console/global').error(text);
}

let disabled;

function isDisabled(warning) {
  disabled ??= new Set(getOptionList('disable-warning'));
  return disabled.has(warning.code) || disabled.has(warning.name);
}

function onWarning(warning) {
  if (!(warning instanceof Error) || isDisabled(warning)) return;
  const isDeprecation = warning.name === 'DeprecationWarning';
  if (isDeprecation && process.noDeprecation) return;

  const trace = process.traceProcessWarnings || (isDeprecation && process.traceDeprecation);
  let text = `(${process.release.name}:${process.pid}) `;
  if (warning.code) text += `[${warning.code}] `;
  if (trace && warning.stack) {
    text += warning.stack;
  } else {
    text += typeof warning.toString === 'function' ?
      warning.toString() : Reflect.apply(Error.prototype.toString, warning, []);
  }
  if (typeof warning.detail === 'string') text += `\n${warning.detail}`;
  if (!trace && !hintShown) {
    hintShown = true;
    const flag = isDeprecation ? '--trace-deprecation' : '--trace-warnings';
    text += `\n(Use \`${programName()} ${flag} ...\` to show where the warning was created)`;
  }
  writeWarning(text);
}

function makeWarning(message, name, code, ctor, detail) {
  // The stack is taken once, below, from where the warning comes.
  const limit = Error.stackTraceLimit;
  const limitIsOurs = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')?.writable === true;
  if (limitIsOurs) Error.stackTraceLimit = 0;
  const warning = new Error(message);
  if (limitIsOurs) Error.stackTraceLimit = limit;

  warning.name = String(name || 'Warning');
  if (code !== undefined) warning.code = code;
  if (detail !== undefined) warning.detail = detail;
  Error.captureStackTrace(warning, ctor || process.emitWarning);
  return warning;
}

function emitWarning(warning, type, code, ctor) {
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    ({ ctor, code } = type);
    if (typeof type.detail === 'string') ({ detail } = type);
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    ctor = type;
    code = undefined;
    type = 'Warning';
  }
  if (type !== undefined) validateString(type, 'type');
  if (typeof code === 'function') {
    ctor = code;
    code = undefined;
  } else if (code !== undefined) {
    validateString(code, 'code');
  }

  if (typeof warning === 'string') {
    warning = makeWarning(warning, type, code, ctor, detail);
  } else if (!(warning instanceof Error)) {
    throw new ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);
  }

  if (warning.name === 'DeprecationWarning') {
    if (process.noDeprecation) return;
    if (process.throwDeprecation) {
      nextTick(() => {
        throw warning;
      });
      return;
    }
  }
  nextTick(deliver, warning);
}

function deliver(warning) {
  process.emit('warning', warning);
}

// For what is said right before the program fails.
function emitWarningNow(message) {
  deliver(makeWarning(message, 'Warning', undefined, emitWarningNow));
}

// One warning for a part that may still change.
const announced = new Set();

function emitExperimentalWarning(feature, ctor) {
  if (announced.has(feature)) return;
  announced.add(feature);
  process.emitWarning(`${feature} is an experimental feature and might change at any time`,
                      'ExperimentalWarning', undefined, ctor);
}

function initialize() {
  if (hasOption('no-warnings') || getOption('warnings') === 'false' || process.env.NODE_NO_WARNINGS === '1') {
    return;
  }
  process.on('warning', onWarning);
}

module.exports = { emitExperimentalWarning, emitWarning, emitWarningNow, initialize, onWarning };

'use strict';

// What a process object needs of the running process, set up once at its start.

const { process } = require('internal/process/object');

function defineFlag(name, on) {
  if (on) process[name] = true;
}

// --disable-proto
function disableProto(mode) {
  if (mode === 'delete') {
    delete Object.prototype.__proto__;
  } else if (mode === 'throw') {
    const { genericNodeError } = require('internal/errors');
    const text = 'Accessing Object.prototype.__proto__ has been disallowed with --disable-proto=throw';
    const refuse = () => {
      throw genericNodeError(text, { code: 'ERR_PROTO_ACCESS' });
    };
    Object.defineProperty(Object.prototype, '__proto__', { __proto__: null, configurable: true, get: refuse, set: refuse });
  }
}

// What structuredClone makes of process.env: a plain object.
function copyEnvironment() {
  return { type: 'Environment', variables: { ...this } };
}
core.registerCloneableResource('Environment', ({ variables }) => variables);

// A later file wins over an earlier one, and what the program was started with over both.
function loadEnvFiles(paths, required) {
  if (paths.length === 0) return;
  const { loadEnvFile } = require('internal/process/environment');
  for (const path of paths.toReversed()) {
    try {
      loadEnvFile(path);
    } catch (err) {
      if (err.code !== 'ENOENT') throw err;
      const { writeError } = require('internal/process/raw_output');
      if (!required) {
        writeError(`${path} not found. Continuing without it.\n`);
        continue;
      }
      writeError(`${process.argv0}: ${path}: not found\n`);
      require('internal/process/exit').reallyExit(9);
    }
  }
}

// `config` is what the command line or the embedder has said.
function initialize(config) {
  const { getOption, getOptionList, hasOption, initialize: initializeOptions } = require('internal/options');
  initializeOptions(config.flags);

  ops.op_os_process_started();
  process.env = ops.op_os_env_object();
  Object.defineProperty(Object.getPrototypeOf(process.env), core.hostObjectBrand, {
    __proto__: null,
    value: copyEnvironment,
  });
  require('internal/process/facts').initialize(config);

  disableProto(getOption('disable-proto'));

  defineFlag('noDeprecation', hasOption('no-deprecation'));
  defineFlag('throwDeprecation', hasOption('throw-deprecation'));
  defineFlag('traceDeprecation', hasOption('trace-deprecation') || hasOption('trace-warnings'));
  defineFlag('traceProcessWarnings', hasOption('trace-warnings'));

  loadEnvFiles(getOptionList('env-file'), true);
  loadEnvFiles(getOptionList('env-file-if-exists'), false);

  const coverage = process.env.NODE_V8_COVERAGE;
  if (coverage) {
    const { start, take } = require('internal/inspector/coverage');
    start(coverage);
    require('internal/process/exit').setLastWork(take);
  }

  const title = getOption('title');
  if (title) process.title = title;

  require('internal/process/warning').initialize();
  require('internal/process/promises').initialize();
}

module.exports = { initialize };

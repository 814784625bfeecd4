'use strict';

// What a process object needs of the running process, set up once at its start.

const { process } = require('internal/process/object');

function defineFlag(name, on) {
  if (on) process[name] = true;
}

// `config` is what the command line or the embedder has said.
function initialize(config) {
  const { hasOption, initialize: initializeOptions } = require('internal/options');
  initializeOptions(config.flags);

  ops.op_os_process_started();
  process.env = ops.op_os_env_object();
  require('internal/process/facts').initialize(config);

  defineFlag('noDeprecation', hasOption('no-deprecation'));
  defineFlag('throwDeprecation', hasOption('throw-deprecation'));
  defineFlag('traceDeprecation', hasOption('trace-deprecation') || hasOption('trace-warnings'));
  defineFlag('traceProcessWarnings', hasOption('trace-warnings'));

  require('internal/process/warning').initialize();
  require('internal/process/promises').initialize();
}

module.exports = { initialize };

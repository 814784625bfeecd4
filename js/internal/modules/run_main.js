'use strict';

// The main program: a file, a piece of code, or what comes from standard input.

const { UVException, codes: { ERR_INPUT_TYPE_NOT_ALLOWED } } = require('internal/errors');
const { getOption, getOptionList, hasOption } = require('internal/options');
const { initialize: initializeHandlers } = require('internal/modules/esm/handlers');
const { Module } = require('internal/modules/cjs/module');
const path = require('path');

// `config` is what the command line or the embedder has said.
function runMain(config) {
  ops.op_runtime_call_main(() => start(config));
}

function start(config) {
  applyStackTraceLimit();
  initializeHandlers();
  if (hasOption('enable-source-maps')) {
    require('internal/source_map/support').setSupport({ enabled: true, nodeModules: true, generatedCode: true });
  }
  Module._initPaths();
  if (hasOption('pending-deprecation') || process.env.NODE_PENDING_DEPRECATION === '1') deprecateModuleParent();
  if (config.script !== undefined) {
    if (hasOption('input-type')) throw new ERR_INPUT_TYPE_NOT_ALLOWED();
    process.argv[1] = hasOption('entry-url') ? entryUrl(config.script) : path.resolve(config.script);
  }
  if (hasOption('check')) {
    require('internal/modules/check_syntax').checkSyntax(config);
    return;
  }
  if (config.require.length > 0) Module._preloadModules(config.require);
  const imports = getOptionList('import');
  if (imports.length > 0) {
    require('internal/modules/esm/entry').afterImports(imports, () => runProgram(config));
    return;
  }
  runProgram(config);
}

// --entry-url: the program is named by a URL, which may have a query, relative to the working folder.
function entryUrl(script) {
  const { emitExperimentalWarning } = require('internal/process/warning');
  emitExperimentalWarning('--entry-url');
  const { URL, pathToFileURL } = require('url');
  return new URL(script, pathToFileURL(`${process.cwd()}/`)).href;
}

function runProgram(config) {
  if (config.script !== undefined) {
    // Which a preloaded module may have replaced.
    Module.runMain(process.argv[1]);
  } else if (config.stdin !== undefined) {
    if (hasOption('stdin-dash')) process.argv.splice(1, 0, '-');
    const { evalScript } = require('internal/modules/eval_script');
    evalScript('[stdin]', readStandardInput(), hasOption('print'));
  } else {
    const { evalScript } = require('internal/modules/eval_script');
    evalScript('[eval]', config.print ?? config.eval, config.print !== undefined);
  }
}

// Told only to those who ask for it.
function deprecateModuleParent() {
  const { deprecate } = require('util');
  const { get, set } = Object.getOwnPropertyDescriptor(Module.prototype, 'parent');
  const text = 'module.parent is deprecated due to accuracy issues. Please use require.main to find program entry point instead.';
  Object.defineProperty(Module.prototype, 'parent', {
    __proto__: null,
    configurable: true,
    get: deprecate(get, text, 'DEP0144'),
    set: deprecate(set, text, 'DEP0144'),
  });
}

// The limit is in the snapshot already, where V8's flag no longer reaches it.
function applyStackTraceLimit() {
  const limit = getOption('stack-trace-limit');
  if (limit !== undefined) Error.stackTraceLimit = Number(limit);
}

function readStandardInput() {
  const text = ops.op_runtime_module_read_stdin();
  if (typeof text === 'number') throw new UVException({ errno: text, syscall: 'read' });
  return text;
}

// The real name of the main file, or undefined: then loading it says what is wrong.
function resolveMainPath(main) {
  const found = Module._findPath(path.resolve(main), null, true);
  return found || undefined;
}

function executeUserEntryPoint(main = process.argv[1]) {
  if (hasOption('entry-url') && main === process.argv[1]) {
    require('internal/modules/esm/entry').runUrl(main);
    return;
  }
  const file = resolveMainPath(main);
  if (file !== undefined && (isEsModule(file) || isForHooks())) {
    require('internal/modules/esm/entry').runFile(file);
    return;
  }
  Module._load(main, null, true);
}

// What --import has brought may have hooks that make a module of anything.
function isForHooks() {
  if (getOptionList('import').length === 0) return false;
  const { hasLoadHooks, hasResolveHooks } = require('internal/modules/hooks');
  return hasLoadHooks() || hasResolveHooks();
}

function isEsModule(file) {
  if (file.endsWith('.mjs')) return true;
  if (!file.endsWith('.js') && path.extname(file) !== '') return false;
  const { findPackageScope } = require('internal/modules/package_json');
  return findPackageScope(file)?.type === 'module';
}

Module.runMain = executeUserEntryPoint;

module.exports = { runMain };

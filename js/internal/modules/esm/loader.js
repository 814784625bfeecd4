'use strict';

// The graph of ES modules: every URL loaded once, its imports linked, the whole
// instantiated and run. Loading is synchronous: all that can be loaded is on this machine.

const {
  codes: { ERR_REQUIRE_ASYNC_MODULE, ERR_REQUIRE_CYCLE_MODULE },
} = require('internal/errors');
const { CYCLE_ADVICE } = require('internal/modules/cjs/circular');
const { Module } = require('internal/modules/cjs/module');
const { requireStackOf } = require('internal/modules/cjs/parents');
const { importConditions } = require('internal/modules/conditions');
const { Buffer } = require('buffer');
const { formatForHooks, requestedType, validateType } = require('internal/modules/esm/formats');
const { detect, load } = require('internal/modules/esm/load');
const hooks = require('internal/modules/hooks');
const { makeEsmRecord, makeRecord } = require('internal/modules/esm/records');
const { resolve } = require('internal/modules/esm/resolve');
const { fileURLToPath } = require('url');
const { explainInstantiationError, explainScopeError } = require('internal/modules/esm/explain');

const kInstantiated = 2;
const kEvaluating = 3;
const kEvaluated = 4;
const kErrored = 5;

// One URL. `record` is V8's module.
class Job {
  // Fields rather than assignments, so that setters on Object.prototype have no say.
  url;
  format;
  isMain;
  record = undefined;
  // [specifier, Job, ...] in the order of the imports.
  imports = [];
  promise = undefined;
  // What require gives, where that is not the namespace.
  marked = undefined;

  constructor(url, format, isMain) {
    this.url = url;
    this.format = format;
    this.isMain = isMain;
  }

  get status() {
    return ops.op_runtime_esm_status(this.record);
  }

  instantiate() {
    if (this.status >= kInstantiated) return;
    try {
      ops.op_runtime_esm_instantiate(this.record);
    } catch (error) {
      explainInstantiationError(error, this);
      throw error;
    }
  }

  // The promise of its evaluation, which begins with the first call.
  run() {
    if (this.promise === undefined) {
      this.instantiate();
      const { promise, resolve } = Promise.withResolvers();
      // Set before anything runs that may ask for it.
      this.promise = promise;
      promise.then(undefined, (error) => explainScopeError(error, this.url));
      resolve(ops.op_runtime_esm_evaluate(this.record));
    }
    return this.promise;
  }

  namespace() {
    return ops.op_runtime_esm_namespace(this.record);
  }
}

// URL to Job.
const jobs = new Map();

// What has been found stays found, whatever becomes of the file.
const resolved = new Map();

function resolveSpecifier(specifier, base, attributes = null) {
  if (hooks.hasResolveHooks()) return resolveThroughHooks(specifier, base, attributes);
  const key = `${base}\0${specifier}`;
  let url = resolved.get(key);
  if (url === undefined) {
    url = resolve(specifier, base, importConditions());
    resolved.set(key, url);
  }
  return url;
}

// The format that a resolve hook has given a URL, until it is loaded.
const formatsOfHooks = new Map();

function resolveThroughHooks(specifier, base, attributes) {
  const { url, format } = hooks.resolveWithHooks(specifier, base, importConditions(), attributes, (another, context) => {
    const found = resolve(another, context.parentURL, new Set(context.conditions));
    return { __proto__: null, url: found, format: formatForHooks(found) };
  });
  if (format) formatsOfHooks.set(url, format);
  return url;
}

// { format, text, source }
function loadUrl(url, attributes) {
  if (!hooks.hasLoadHooks()) return load(url);
  const given = formatsOfHooks.get(url) ?? formatForHooks(url);
  const { format, source } = hooks.loadWithHooks(url, given, importConditions(), attributes, (another, context) => {
    const loaded = load(another, context.format);
    return { __proto__: null, format: loaded.format, source: loaded.text === undefined ? null : Buffer.from(loaded.text), responseURL: another };
  });
  if (format === 'builtin' || source === undefined || source === null) return { format, text: undefined };
  const text = hooks.textOf(source);
  return { format: format ?? detect(text, url), text, isGiven: true };
}

// The job for `url` with everything that it imports, directly or not.
function jobFor(url, attributes, isMain = false) {
  const made = [];
  try {
    return build(url, attributes, isMain, made);
  } catch (error) {
    // Half a graph is no use to anybody; the next import tries again.
    for (const job of made) jobs.delete(job.url);
    throw error;
  }
}

function build(url, attributes, isMain, made) {
  const type = requestedType(url, attributes);
  const known = jobs.get(url);
  if (known !== undefined) {
    validateType(url, known.format, type);
    return known;
  }
  const loaded = loadUrl(url, attributes);
  validateType(url, loaded.format, type);
  const job = new Job(url, loaded.format, isMain);
  job.record = makeRecord(url, loaded, job, isMain);
  jobs.set(url, job);
  made.push(job);
  link(job, made);
  return job;
}

function link(job, made) {
  if (job.format !== 'module') return;
  const requests = ops.op_runtime_esm_requests(job.record);
  const records = [];
  for (let i = 0; i < requests.length; i += 4) {
    const specifier = requests[i];
    const imported = build(resolveSpecifier(specifier, job.url, requests[i + 1]), requests[i + 1], false, made);
    job.imports.push(specifier, imported);
    records.push(imported.record);
  }
  if (records.length > 0) ops.op_runtime_esm_link(job.record, records);
}

// --- the ways in

// import(): the namespace once everything has run. Nothing of it happens within
// the call, where the module may be under evaluation itself.
async function importModule(specifier, base, attributes = null) {
  await undefined;
  const job = jobFor(resolveSpecifier(specifier, base, attributes), attributes);
  await job.run();
  return job.namespace();
}

// The main module. `onStart` gets its job before it runs.
async function importMain(url, onStart) {
  // As in Node, where the main module runs in a microtask: what it awaits comes before process.nextTick.
  await undefined;
  if (hooks.hasResolveHooks()) url = resolveThroughHooks(url, undefined, null);
  const job = jobFor(url, null, true);
  onStart(job);
  await job.run();
}

// Text that comes from no file.
function jobForText(url, text) {
  const job = new Job(url, 'module', true);
  job.record = makeEsmRecord(url, text, job);
  link(job, []);
  return job;
}

// A module that is still running cannot be part of what require is to run to its end.
function forbidCycles(job, seen) {
  if (seen.has(job) || job.status >= kEvaluated) return;
  seen.add(job);
  for (let i = 0; i < job.imports.length; i += 2) {
    const imported = job.imports[i + 1];
    let kind;
    if (imported.status === kEvaluating) kind = 'Module';
    else if (imported.format === 'commonjs' && isLoading(imported.url)) kind = 'CommonJS Module';
    if (kind !== undefined) {
      throw new ERR_REQUIRE_CYCLE_MODULE(
        `Cannot import ${kind} ${job.imports[i]} in a cycle. (from ${fileURLToPath(job.url)})${CYCLE_ADVICE}`);
    }
    forbidCycles(imported, seen);
  }
}

function isLoading(url) {
  return Module._cache[fileURLToPath(url)]?.loaded === false;
}

// require() of an ES module: the same record as import's, run to its end at once.
function requireModule(url, file, parent) {
  let job = jobs.get(url);
  if (job !== undefined && job.status === kEvaluating) {
    const from = parent?.filename ? ` (from ${parent.filename})` : '';
    throw new ERR_REQUIRE_CYCLE_MODULE(`Cannot require() ES Module ${file} in a cycle.${from}${CYCLE_ADVICE}`);
  }
  job ??= jobFor(url, null);
  if (job.status === kErrored) throw ops.op_runtime_esm_error(job.record);
  job.instantiate();
  if (ops.op_runtime_esm_is_async(job.record)) throw new ERR_REQUIRE_ASYNC_MODULE(file, requireStackOf(parent));
  if (job.status < kEvaluated) {
    forbidCycles(job, new Set());
    job.run();
    if (job.status === kErrored) {
      const error = ops.op_runtime_esm_error(job.record);
      explainScopeError(error, url);
      throw error;
    }
  }
  return job;
}

// The namespace of a module with a default export, with __esModule: true beside it.
function withEsModuleMark(job) {
  if (job.marked === undefined) {
    const text = "export * from 'original'; export { default } from 'original'; export const __esModule = true;";
    const record = makeEsmRecord(job.url, text, null);
    ops.op_runtime_esm_link(record, [job.record, job.record]);
    ops.op_runtime_esm_instantiate(record);
    ops.op_runtime_esm_evaluate(record);
    job.marked = ops.op_runtime_esm_namespace(record);
  }
  return job.marked;
}

module.exports = { importMain, importModule, jobForText, requireModule, resolveSpecifier, withEsModuleMark };

'use strict';

// vm.Module and its two kinds: text that imports and exports, and a function
// that sets exports. Which module an import means is for their user to say.

const {
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_THIS, ERR_MODULE_LINK_MISMATCH,
    ERR_SCRIPT_EXECUTION_INTERRUPTED, ERR_SCRIPT_EXECUTION_TIMEOUT, ERR_VM_MODULE_ALREADY_LINKED,
    ERR_VM_MODULE_CACHED_DATA_REJECTED, ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA, ERR_VM_MODULE_DIFFERENT_CONTEXT,
    ERR_VM_MODULE_LINK_FAILURE, ERR_VM_MODULE_NOT_MODULE, ERR_VM_MODULE_STATUS,
  },
} = require('internal/errors');
const {
  validateBoolean, validateFunction, validateInt32, validateObject, validateString, validateUint32,
} = require('internal/validators');
const { inspect } = require('internal/util/inspect');
const { isContext } = require('internal/vm/context');
const { importId, releaseWith, validateImporter } = require('internal/vm/import');
const { toBuffer, validateCachedData } = require('internal/vm/script');

const kInspect = Symbol.for('nodejs.util.inspect.custom');
const kConstruct = Symbol('kConstruct');
const { then } = Promise.prototype;

// V8's states, by the numbers of op_runtime_esm_status.
const statuses = ['unlinked', 'linking', 'linked', 'evaluating', 'evaluated', 'errored'];

// How an evaluation ended.
const TIMED_OUT = 1;
const INTERRUPTED = 2;
const outcome = new Uint32Array(1);

// How many modules each context has had.
const counts = new WeakMap();

function nextIdentifier(context) {
  const key = context ?? globalThis;
  const count = counts.get(key) ?? 0;
  counts.set(key, count + 1);
  return `vm:module(${count})`;
}

function validateModuleContext(context) {
  if (context === undefined) return;
  validateObject(context, 'options.context');
  if (!isContext(context)) throw new ERR_INVALID_ARG_TYPE('options.context', 'vm.Context', context);
}

// A promise of this context for the end of an evaluation, whatever context the module is in.
function ownPromise(promise) {
  const [state, value] = core.getPromiseDetails(promise);
  if (state === 1) return Promise.resolve(undefined);
  if (state === 2) {
    Reflect.apply(then, promise, [undefined, () => {}]);
    return Promise.reject(value);
  }
  return new Promise((resolve, reject) => {
    Reflect.apply(then, promise, [() => resolve(undefined), reject]);
  });
}

let isModule;
let recordOf;
let setRecord;
// Where V8's own status does not say enough.
let setStatus;

function check(value, name = 'Module') {
  if (!isModule(value)) throw new ERR_INVALID_THIS(name);
  return value;
}

// Whether the program has made any.
let made = false;

class Module {
  #record;
  #context;
  #identifier;
  // While V8 does not know: 'linking', and 'errored' when that has failed.
  #status;
  #error;

  static {
    isModule = (value) => typeof value === 'object' && value !== null && #record in value && value.#record !== undefined;
    recordOf = (module) => module.#record;
    setRecord = (module, record) => {
      module.#record = record;
    };
    setStatus = (module, status, error) => {
      module.#status = status;
      module.#error = error;
    };
  }

  constructor(key, context, identifier) {
    if (key !== kConstruct) throw new TypeError('Module is not a constructor');
    made = true;
    this.#context = context;
    this.#identifier = identifier;
  }

  get identifier() {
    return check(this).#identifier;
  }

  get context() {
    return check(this).#context;
  }

  get status() {
    return check(this).#status ?? statuses[ops.op_runtime_esm_status(this.#record)];
  }

  get namespace() {
    if (this.status === 'unlinked' || this.status === 'linking') {
      throw new ERR_VM_MODULE_STATUS('must not be unlinked or linking');
    }
    return ops.op_runtime_esm_namespace(this.#record);
  }

  get error() {
    if (this.status !== 'errored') throw new ERR_VM_MODULE_STATUS('must be errored');
    return this.#status === 'errored' ? this.#error : ops.op_runtime_esm_error(this.#record);
  }

  evaluate(options = {}) {
    try {
      check(this);
      return this.#evaluate(options);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #evaluate(options) {
    validateObject(options, 'options');
    const { timeout, breakOnSigint = false } = options;
    if (timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
    validateBoolean(breakOnSigint, 'options.breakOnSigint');
    const { status } = this;
    if (status !== 'linked' && status !== 'evaluated' && status !== 'errored') {
      throw new ERR_VM_MODULE_STATUS('must be one of linked, evaluated, or errored');
    }
    if (this.#status === 'errored') throw this.#error;
    const promise = ops.op_runtime_esm_vm_evaluate(
      this.#record, this.#context, timeout ?? 0, breakOnSigint, outcome);
    if (outcome[0] === TIMED_OUT) throw new ERR_SCRIPT_EXECUTION_TIMEOUT(timeout);
    if (outcome[0] === INTERRUPTED) throw new ERR_SCRIPT_EXECUTION_INTERRUPTED();
    return ownPromise(promise);
  }

  // Overridden by both kinds.
  async link() {
    check(this);
  }

  [kInspect](depth, options) {
    check(this);
    const { name } = this.constructor;
    if (typeof depth === 'number' && depth < 0) return `[${name}]`;
    const shown = { status: this.status, identifier: this.#identifier, context: this.#context };
    return `${name} ${inspect(shown, { ...options, customInspect: false })}`;
  }
}

class SourceTextModule extends Module {
  #requests;
  #specifiers;
  // The modules that were linked, in the order of the requests; undefined before.
  #linked;

  constructor(sourceText, options = {}) {
    validateString(sourceText, 'sourceText');
    validateObject(options, 'options');
    const {
      lineOffset = 0, columnOffset = 0, initializeImportMeta, importModuleDynamically, context, identifier, cachedData,
    } = options;
    validateModuleContext(context);
    if (identifier !== undefined) validateString(identifier, 'options.identifier');
    validateInt32(lineOffset, 'options.lineOffset');
    validateInt32(columnOffset, 'options.columnOffset');
    if (initializeImportMeta !== undefined) validateFunction(initializeImportMeta, 'options.initializeImportMeta');
    validateImporter(importModuleDynamically);
    validateCachedData(cachedData);
    const name = identifier ?? nextIdentifier(context);
    super(kConstruct, context, name);

    const self = new WeakRef(this);
    const id = importId(importModuleDynamically, () => self.deref(), true);
    const host = initializeImportMeta === undefined ? null : (meta) => initializeImportMeta(meta, self.deref());
    const record = ops.op_runtime_esm_vm_compile(
      sourceText, name, host, id, lineOffset, columnOffset, context, cachedData);
    if (record === null) throw new ERR_VM_MODULE_CACHED_DATA_REJECTED();
    setRecord(this, record);
    if (importModuleDynamically !== undefined) releaseWith(this, id);
    this.#requests = readRequests(record);
  }

  get moduleRequests() {
    return this.#requests;
  }

  get dependencySpecifiers() {
    return this.#specifiers ??= Object.freeze(this.#requests.map(({ specifier }) => specifier));
  }

  // Asks `linker` about each import, and goes on with what it answers.
  async link(linker) {
    check(this);
    validateFunction(linker, 'linker');
    if (this.status === 'linked') throw new ERR_VM_MODULE_ALREADY_LINKED();
    if (this.status !== 'unlinked') throw new ERR_VM_MODULE_STATUS('must be unlinked');
    await SourceTextModule.#linkAll(this, linker);
    ops.op_runtime_esm_vm_instantiate(recordOf(this), this.context);
  }

  static async #linkAll(module, linker) {
    setStatus(module, 'linking');
    try {
      const linked = await Promise.all(module.#requests.map(async ({ specifier, attributes }) => {
        const answer = await linker(specifier, module, { attributes, assert: attributes });
        checkLinkable(module, answer);
        if (answer.status === 'errored') {
          throw new ERR_VM_MODULE_LINK_FAILURE(`request for '${specifier}' resolved to an errored module`, answer.error);
        }
        if (answer.status === 'unlinked') await SourceTextModule.#linkAll(answer, linker);
        return answer;
      }));
      module.#setLinked(linked);
      setStatus(module, undefined);
    } catch (error) {
      setStatus(module, 'errored', error);
      throw error;
    }
  }

  #setLinked(modules) {
    this.#linked = modules;
    ops.op_runtime_esm_link(recordOf(this), modules.map(recordOf));
  }

  // Says what each of moduleRequests means, in their order.
  linkRequests(modules) {
    check(this, 'SourceTextModule');
    if (this.status !== 'unlinked') throw new ERR_VM_MODULE_STATUS('must be unlinked');
    if (!Array.isArray(modules)) throw new ERR_INVALID_ARG_TYPE('modules', 'Array', modules);
    const { length } = this.#requests;
    if (modules.length !== length) {
      throw new ERR_MODULE_LINK_MISMATCH(`Expected ${length} modules, got ${modules.length}`);
    }
    for (const module of modules) checkLinkable(this, module);
    this.#setLinked(modules);
  }

  instantiate() {
    check(this, 'SourceTextModule');
    if (this.status !== 'unlinked') {
      if (this.status === 'linked') return;
      throw new ERR_VM_MODULE_STATUS('must be unlinked');
    }
    if (this.#linked === undefined) throw notLinked(this, this.#requests);
    this.#checkGraph(new Set());
    ops.op_runtime_esm_vm_instantiate(recordOf(this), this.context);
  }

  // V8 would only say that something is missing.
  #checkGraph(seen) {
    if (seen.has(this)) return;
    seen.add(this);
    if (this.#linked === undefined) {
      if (this.#requests.length === 0) return;
      throw notLinked(this, this.#requests);
    }
    for (const module of this.#linked) {
      if (#linked in module && module.status === 'unlinked') module.#checkGraph(seen);
    }
  }

  hasAsyncGraph() {
    check(this, 'SourceTextModule');
    if (this.status === 'unlinked' || this.status === 'linking') {
      throw new ERR_VM_MODULE_STATUS('must be instantiated');
    }
    return ops.op_runtime_esm_is_async(recordOf(this));
  }

  createCachedData() {
    check(this, 'SourceTextModule');
    const { status } = this;
    if (status === 'evaluating' || status === 'evaluated' || status === 'errored') {
      throw new ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA();
    }
    return toBuffer(ops.op_runtime_esm_vm_cached_data(recordOf(this)));
  }
}

function checkLinkable(importer, module) {
  if (!isModule(module)) throw new ERR_VM_MODULE_NOT_MODULE();
  if (module.context !== importer.context) throw new ERR_VM_MODULE_DIFFERENT_CONTEXT();
}

function notLinked(module, requests) {
  const { identifier } = module;
  const message = requests.length === 0 ?
    `linking error, module '${identifier}' is not linked` :
    `request for '${requests[0].specifier}' can not be resolved on module '${identifier}' that is not linked`;
  return new ERR_VM_MODULE_LINK_FAILURE(message);
}

function readRequests(record) {
  const flat = ops.op_runtime_esm_requests(record);
  const requests = [];
  for (let i = 0; i < flat.length; i += 4) {
    const attributes = { __proto__: null };
    const pairs = flat[i + 1] ?? [];
    for (let j = 0; j < pairs.length; j += 2) attributes[pairs[j]] = pairs[j + 1];
    requests.push(Object.freeze({
      __proto__: null, specifier: flat[i], attributes: Object.freeze(attributes), phase: 'evaluation',
    }));
  }
  return Object.freeze(requests);
}

class SyntheticModule extends Module {
  constructor(exportNames, evaluateCallback, options = {}) {
    if (!Array.isArray(exportNames) || exportNames.some((name) => typeof name !== 'string')) {
      throw new ERR_INVALID_ARG_TYPE('exportNames', 'Array of unique strings', exportNames);
    }
    exportNames.forEach((name, i) => {
      if (exportNames.indexOf(name, i + 1) !== -1) {
        throw new ERR_INVALID_ARG_VALUE(`exportNames.${name}`, name, 'is duplicated');
      }
    });
    validateFunction(evaluateCallback, 'evaluateCallback');
    validateObject(options, 'options');
    const { context, identifier } = options;
    validateModuleContext(context);
    if (identifier !== undefined) validateString(identifier, 'options.identifier');
    const name = identifier ?? nextIdentifier(context);
    super(kConstruct, context, name);
    const steps = () => Reflect.apply(evaluateCallback, this, []);
    setRecord(this, ops.op_runtime_esm_vm_synthetic(name, exportNames, steps, context));
    // There is nothing to link.
    ops.op_runtime_esm_vm_instantiate(recordOf(this), this.context);
  }

  link() {
    check(this, 'SyntheticModule');
  }

  setExport(name, value) {
    check(this, 'SyntheticModule');
    validateString(name, 'name');
    if (this.status === 'unlinked') throw new ERR_VM_MODULE_STATUS('must be linked');
    ops.op_runtime_esm_set_export(recordOf(this), name, value);
  }
}

module.exports = { Module, SourceTextModule, SyntheticModule, anyMade: () => made, isModule };

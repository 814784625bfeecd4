'use strict';

// A test and a suite of tests: running them in order, with their hooks, each with its outcome.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_TEST_FAILURE },
} = require('internal/errors');
const { validateAbortSignal, validateFunction, validateNumber, validateObject, validateUint32 } = require('internal/validators');
const { AbortController } = require('internal/abort_controller');
const { AsyncLocalStorage } = require('internal/async_hooks/local_storage');
const { contextOf } = require('internal/test_runner/context');
const { MockTracker } = require('internal/test_runner/mock');
// Taken now: a test may put its own in their place.
const { clearTimeout, setTimeout } = require('timers');

// The test or suite that runs, or is being put together.
const running = new AsyncLocalStorage();

const hookNames = ['before', 'after', 'beforeEach', 'afterEach'];

const TIMEOUT_MAX = 2 ** 31 - 1;

function validateBooleanOrNumber(value, name) {
  if (typeof value !== 'boolean') throw new ERR_INVALID_ARG_TYPE(name, ['boolean', 'number'], value);
}

function now() {
  return ops.op_os_perf_now();
}

function timeoutError(timeout) {
  return new ERR_TEST_FAILURE(`test timed out after ${timeout}ms`, 'testTimeoutFailure');
}

// Calls a test's function: with its context, and a callback where it takes one.
function call(fn, context) {
  if (fn.length < 2) return Reflect.apply(fn, context, [context]);
  return new Promise((resolve, reject) => {
    const result = Reflect.apply(fn, context, [context, (error) => {
      if (error) reject(error);
      else resolve();
    }]);
    if (typeof result?.then === 'function') {
      reject(new ERR_TEST_FAILURE('passed a callback but also returned a Promise', 'callbackAndPromisePresent'));
    }
  });
}

function readArguments(name, options, fn) {
  if (typeof name === 'function') [fn, options, name] = [name, {}, undefined];
  else if (name !== null && typeof name === 'object') [fn, options, name] = [options, name, undefined];
  else if (typeof options === 'function') [fn, options] = [options, {}];
  return { name: name || fn?.name || '<anonymous>', options: options ?? {}, fn: fn ?? (() => {}) };
}

class Test {
  children = [];
  diagnostics = [];
  passed = true;
  error = undefined;
  skipped = undefined;
  todo = undefined;
  cancelled = false;
  onlyChildrenFailed = false;
  hasEnded = false;
  duration = 0;
  // Called when it has ended.
  onEnd = undefined;
  mock = new MockTracker();
  #hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
  #fn;
  #options;
  #controller = new AbortController();
  // What the next child runs after.
  #tail = Promise.resolve();
  // What the function of a suite has promised, and the hooks that come first.
  #collected;
  #beforeRan;
  #planned;
  #planWait = false;
  #onPlanMet;
  #counted = 0;
  #rejectRun;

  constructor(parent, { name, options, fn }, isSuite = false) {
    validateFunction(fn, 'fn');
    const { skip, todo, timeout, signal, concurrency, plan } = options;
    if (timeout != null && timeout !== Infinity) validateNumber(timeout, 'options.timeout', 0, TIMEOUT_MAX);
    if (typeof concurrency === 'number') validateUint32(concurrency, 'options.concurrency', true);
    else if (concurrency != null) validateBooleanOrNumber(concurrency, 'options.concurrency');
    if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
    this.parent = parent;
    this.name = String(name);
    this.isSuite = isSuite;
    this.#options = options;
    this.#fn = fn;
    if (plan != null) this.plan(plan);
    if (skip !== undefined && skip !== false) this.skipped = skip;
    if (todo !== undefined && todo !== false) this.todo = todo;
  }

  get signal() {
    return this.#controller.signal;
  }

  get fullName() {
    return this.parent?.parent ? `${this.parent.fullName} > ${this.name}` : this.name;
  }

  addHook(kind, fn, options = {}) {
    validateFunction(fn, 'fn');
    this.#hooks[kind].push({ fn, options });
  }

  diagnostic(message) {
    this.diagnostics.push(message);
  }

  // With `wait`, what is missing may still come when the function is through: for so many milliseconds, or however long it takes.
  plan(count, options = { __proto__: null }) {
    validateUint32(count, 'count');
    validateObject(options, 'options');
    const { wait = false } = options;
    if (typeof wait === 'number') validateNumber(wait, 'options.wait', 0, TIMEOUT_MAX);
    else validateBooleanOrNumber(wait, 'options.wait');
    this.#planned = count;
    this.#planWait = wait;
  }

  countAssertion() {
    this.#counted++;
    if (this.#counted === this.#planned) this.#onPlanMet?.();
  }

  async #meetPlan() {
    if (this.#planned === undefined) return;
    if (this.#counted < this.#planned && this.#planWait !== false) {
      const { promise, resolve } = Promise.withResolvers();
      this.#onPlanMet = resolve;
      const timer = typeof this.#planWait === 'number' ? setTimeout(resolve, this.#planWait) : undefined;
      await promise;
      clearTimeout(timer);
    }
    if (this.#counted !== this.#planned) {
      throw new ERR_TEST_FAILURE(
        `plan expected ${this.#planned} assertions but received ${this.#counted}`, 'testCodeFailure');
    }
  }

  addTest(name, options, fn) {
    return this.addChild(new Test(this, readArguments(name, options, fn)));
  }

  // Adds a child. A suite's children run when it does; a test's at once, one after the other. The promise is for the child's end, and
  // never rejects.
  addChild(child) {
    this.children.push(child);
    if (child.isSuite) child.collect();
    if (this.isSuite) return Promise.resolve();
    this.countAssertion();
    this.#tail = this.#tail.then(() => child.run());
    return this.#tail;
  }

  // Runs the function of a suite, which adds its tests.
  collect() {
    if (this.skipped !== undefined) return;
    try {
      const result = running.run(this, () => Reflect.apply(this.#fn, contextOf(this), [contextOf(this)]));
      if (typeof result?.then === 'function') this.#collected = result;
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error) {
    if (!this.passed) return;
    this.passed = false;
    this.error = error;
  }

  async #runHooks(kind, test) {
    for (const { fn } of this.#hooks[kind]) await running.run(test, () => call(fn, contextOf(test)));
  }

  async runEach(kind, test) {
    // From the outermost in before a test, and back out after it.
    if (kind === 'beforeEach') {
      await this.parent?.runEach(kind, test);
      await this.#runHooks(kind, test);
    } else {
      await this.#runHooks(kind, test);
      await this.parent?.runEach(kind, test);
    }
  }

  // The hooks of this one that come before its first child.
  ensureBefore() {
    return this.#beforeRan ??= this.#runHooks('before', this);
  }

  // The hooks of this one that come after its last child, once there was something to come before.
  async runAfter() {
    if (this.#beforeRan === undefined) return;
    try {
      await this.#runHooks('after', this);
    } catch (error) {
      this.fail(error);
    }
  }

  async run() {
    const begun = now();
    if (this.skipped === undefined) {
      try {
        await this.#withLimits(this.isSuite ? this.#runSuite() : this.#runTest());
      } catch (error) {
        this.fail(error);
      }
      await this.runAfter();
      this.mock.reset();
    }
    const failed = this.children.filter((child) => !child.passed && child.todo === undefined);
    if (failed.length > 0 && this.passed) {
      this.onlyChildrenFailed = true;
      this.fail(new ERR_TEST_FAILURE(`${failed.length} subtest${failed.length > 1 ? 's' : ''} failed`, 'subtestsFailed'));
    }
    this.duration = now() - begun;
    this.#controller.abort();
    this.hasEnded = true;
    this.onEnd?.();
  }

  async #runSuite() {
    await this.#collected;
    await this.parent.ensureBefore();
    await this.ensureBefore();
    if (this.#options.concurrency) {
      await Promise.all(this.children.map((child) => child.run()));
    } else {
      for (const child of this.children) await child.run();
    }
  }

  async #runTest() {
    const { parent } = this;
    await parent.ensureBefore();
    await parent.runEach('beforeEach', this);
    try {
      await running.run(this, () => call(this.#fn, contextOf(this)));
      // Those that nobody waited for.
      for (let tail; tail !== this.#tail;) await (tail = this.#tail);
      await this.#meetPlan();
    } finally {
      await parent.runEach('afterEach', this);
    }
  }

  // An uncaught error, or the end of the loop, ends what runs.
  interrupt(error, cancelled = false) {
    this.cancelled = cancelled;
    this.fail(error);
    this.#rejectRun?.(error);
  }

  #withLimits(work) {
    const { timeout, signal } = this.#options;
    return new Promise((resolve, reject) => {
      let timer;
      const settle = (done) => (value) => {
        if (timer !== undefined) clearTimeout(timer);
        done(value);
      };
      this.#rejectRun = settle(reject);
      if (timeout != null && timeout !== Infinity) {
        timer = setTimeout(() => this.interrupt(timeoutError(timeout), true), timeout);
      }
      if (signal !== undefined) {
        const onAbort = () => this.interrupt(signal.reason, true);
        if (signal.aborted) onAbort();
        else signal.addEventListener('abort', onAbort, { once: true });
      }
      work.then(settle(resolve), settle(reject));
    });
  }
}

module.exports = { Test, hookNames, readArguments, running };

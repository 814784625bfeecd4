'use strict';

// What a test's or a suite's function gets: the test as its author may see it.

const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
const { validateFunction, validateNumber, validateObject, validateString } = require('internal/validators');
const { innerOk } = require('internal/assert/ok');
// Taken now: a test may put its own in their place.
const { clearTimeout, setTimeout } = require('timers');

const custom = new Map();
// Not assertions, though assert has them.
const notCopied = new Set(['AssertionError', 'Assert', 'strict', 'options']);

function register(name, fn) {
  validateString(name, 'name');
  validateFunction(fn, 'fn');
  custom.set(name, fn);
}

function assertsOf(test, context) {
  const own = { __proto__: null };
  const asserts = require('assert');
  for (const name of Object.keys(asserts)) {
    if (notCopied.has(name)) continue;
    own[name] = (...args) => {
      test.countAssertion();
      return Reflect.apply(asserts[name], asserts, args);
    };
  }
  // A function of its own, whose caller's text is quoted.
  own.ok = function ok(...args) {
    test.countAssertion();
    innerOk(ok, args);
  };
  own.snapshot = own.fileSnapshot = () => {
    throw new ERR_METHOD_NOT_IMPLEMENTED('t.assert.snapshot()');
  };
  for (const [name, fn] of custom) {
    own[name] = (...args) => {
      test.countAssertion();
      return Reflect.apply(fn, context, args);
    };
  }
  return own;
}

function waitFor(condition, options = { __proto__: null }) {
  validateFunction(condition, 'condition');
  validateObject(options, 'options');
  const { interval = 50, timeout = 1000 } = options;
  validateNumber(interval, 'options.interval', 0, 2 ** 31 - 1);
  validateNumber(timeout, 'options.timeout', 0, 2 ** 31 - 1);
  const { promise, resolve, reject } = Promise.withResolvers();
  let lastError;
  let hasFailed = false;
  let poller;
  const finish = (settle, value) => {
    clearTimeout(timer);
    clearTimeout(poller);
    settle(value);
  };
  const timer = setTimeout(() => {
    const error = new Error('waitFor() timed out');
    if (hasFailed) error.cause = lastError;
    finish(reject, error);
  }, timeout);
  const poll = async () => {
    try {
      finish(resolve, await condition());
    } catch (error) {
      lastError = error;
      hasFailed = true;
      poller = setTimeout(poll, interval);
    }
  };
  poll();
  return promise;
}

class SuiteContext {
  #test;

  constructor(test) {
    this.#test = test;
  }

  get name() {
    return this.#test.name;
  }

  get fullName() {
    return this.#test.fullName;
  }

  get filePath() {
    return process.argv[1];
  }

  get signal() {
    return this.#test.signal;
  }

  get passed() {
    return this.#test.passed;
  }

  get attempt() {
    return 0;
  }

  diagnostic(message) {
    this.#test.diagnostic(message);
  }
}

class TestContext extends SuiteContext {
  #test;
  #assert;

  constructor(test) {
    super(test);
    this.#test = test;
  }

  get error() {
    return this.#test.error;
  }

  get mock() {
    return this.#test.mock;
  }

  get assert() {
    return this.#assert ??= assertsOf(this.#test, this);
  }

  test(name, options, fn) {
    return this.#test.addTest(name, options, fn);
  }

  plan(count, options) {
    this.#test.plan(count, options);
  }

  skip(message) {
    this.#test.skipped = message ?? true;
  }

  todo(message) {
    this.#test.todo = message ?? true;
  }

  // Which tests run is decided by flags that rtjs does not have.
  runOnly() {}

  waitFor(condition, options) {
    return waitFor(condition, options);
  }

  before(fn, options) {
    this.#test.addHook('before', fn, options);
  }

  after(fn, options) {
    this.#test.addHook('after', fn, options);
    // Whatever happens from here on, there is something to clean up.
    this.#test.ensureBefore();
  }

  beforeEach(fn, options) {
    this.#test.addHook('beforeEach', fn, options);
  }

  afterEach(fn, options) {
    this.#test.addHook('afterEach', fn, options);
  }
}

const contexts = new WeakMap();

function contextOf(test) {
  let context = contexts.get(test);
  if (context === undefined) {
    context = test.isSuite || test.parent === null ? new SuiteContext(test) : new TestContext(test);
    contexts.set(test, context);
  }
  return context;
}

module.exports = { contextOf, register };

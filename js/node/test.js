'use strict';

// The public 'node:test' module: tests of this file, run in order, with a report
// on standard output. What runs other files, reporters and snapshots is not here.

const {
  codes: { ERR_METHOD_NOT_IMPLEMENTED, ERR_TEST_FAILURE },
} = require('internal/errors');
const { inspect } = require('internal/util/inspect');
const { MockTracker } = require('internal/test_runner/mock');
const { describe, summary } = require('internal/test_runner/report');
const { register } = require('internal/test_runner/context');
const { Test, hookNames, readArguments, running } = require('internal/test_runner/test');

let root;
let afterIsScheduled = false;

function print(lines) {
  process.stdout.write(`${lines.join('\n')}\n`);
}

// What is at the top of the file. It is there from the first test on.
function getRoot() {
  if (root !== undefined) return root;
  const begun = ops.op_os_perf_now();
  root = new Test(null, { name: '<root>', options: {}, fn: () => {} });
  let over = false;
  const finish = () => {
    if (over) return;
    over = true;
    root.duration = ops.op_os_perf_now() - begun;
    if (!root.passed) print([`\u2716 a hook of the file: ${inspect(root.error)}`]);
    print(summary(root));
    if (!root.passed || root.children.some((child) => !child.passed && child.todo === undefined)) process.exitCode = 1;
  };
  const blame = (error, kind) => {
    // Nobody reads what is printed: to say so would only fail again.
    if (error?.code === 'EPIPE' && error.syscall === 'write' && running.getStore() === undefined) process.exit(1);
    const test = running.getStore() ?? root.children.find(({ hasEnded }) => !hasEnded);
    if (test === undefined || test === root) print([`\u2716 outside of any test: ${kind}`, inspect(error)]);
    else test.interrupt(new ERR_TEST_FAILURE(error, kind));
    process.exitCode = 1;
  };
  process.on('uncaughtException', (error) => blame(error, 'uncaughtException'));
  process.on('unhandledRejection', (error) => blame(error, 'unhandledRejection'));
  // The loop has nothing left to do: what still waits waits for ever.
  process.on('beforeExit', () => {
    if (over) return;
    const waiting = root.children.filter(({ hasEnded }) => !hasEnded);
    for (const test of waiting) {
      test.interrupt(new ERR_TEST_FAILURE(
        'Promise resolution is still pending but the event loop has already resolved', 'cancelledByParent'), true);
    }
    if (waiting.length === 0) finish();
  });
  process.on('exit', finish);
  return root;
}

// The file's own `after` hooks follow its last test, although the loop may have more to do; a program that awaits that test may add another.
function scheduleAfter() {
  if (afterIsScheduled || root.children.some(({ hasEnded }) => !hasEnded)) return;
  afterIsScheduled = true;
  setImmediate(() => {
    if (root.children.every(({ hasEnded }) => hasEnded)) root.runAfter();
    else afterIsScheduled = false;
  });
}

function add(name, options, fn, overrides, isSuite) {
  const read = readArguments(name, options, fn);
  Object.assign(read.options = { ...read.options }, overrides);
  const parent = running.getStore() ?? getRoot();
  const test = new Test(parent, read, isSuite);
  if (parent === root) {
    test.onEnd = () => {
      print(describe(test));
      scheduleAfter();
    };
  }
  return parent.addChild(test);
}

function variants(isSuite) {
  const make = (overrides) => (name, options, fn) => add(name, options, fn, overrides, isSuite);
  return Object.assign(make({}), { skip: make({ skip: true }), todo: make({ todo: true }), only: make({ only: true }) });
}

const test = Object.defineProperty(variants(false), 'name', { __proto__: null, value: 'test' });
const suite = Object.defineProperty(variants(true), 'name', { __proto__: null, value: 'suite' });

const hooks = { __proto__: null };
for (const kind of hookNames) {
  hooks[kind] = (fn, options) => (running.getStore() ?? getRoot()).addHook(kind, fn, options);
}

function run() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('test.run()');
}

module.exports = Object.assign(test, {
  after: hooks.after,
  afterEach: hooks.afterEach,
  assert: { register },
  before: hooks.before,
  beforeEach: hooks.beforeEach,
  describe: suite,
  it: test,
  mock: new MockTracker(),
  run,
  suite,
  test,
});
Object.defineProperty(module.exports, 'snapshot', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    throw new ERR_METHOD_NOT_IMPLEMENTED('test.snapshot');
  },
});

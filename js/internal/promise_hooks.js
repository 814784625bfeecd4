'use strict';

// V8 takes one function for each of the four moments in a promise's life. This
// lets several parts of the program have theirs, and installs none while there is none.

const { validatePlainFunction } = require('internal/validators');

const moments = ['init', 'before', 'after', 'settled'];
const hooks = { __proto__: null, init: [], before: [], after: [], settled: [] };

// One function for a list of them; a hook removed while they run is still called this time.
function combine(list) {
  if (list.length === 0) return undefined;
  if (list.length === 1) return list[0];
  return (promise, parent) => {
    for (const hook of list) hook(promise, parent);
  };
}

function update() {
  ops.op_set_promise_hooks(...moments.map((moment) => combine(hooks[moment])));
}

// Adds hooks by moment and returns a function that removes them.
function add(given) {
  let any = false;
  for (const moment of moments) {
    if (given[moment] !== undefined) {
      hooks[moment] = [...hooks[moment], given[moment]];
      any = true;
    }
  }
  if (any) update();
  let removed = false;
  return () => {
    if (removed) return;
    removed = true;
    for (const moment of moments) {
      if (given[moment] === undefined) continue;
      const at = hooks[moment].indexOf(given[moment]);
      hooks[moment] = hooks[moment].toSpliced(at, 1);
    }
    if (any) update();
  };
}

// What a hook throws is nobody's to catch: V8 calls it from anywhere.
let report;

// Called once by process/execution, which a layer below cannot load.
function setReporter(reportException) {
  report = reportException;
}

function adder(moment) {
  const name = `${moment}Hook`;
  return (hook) => {
    validatePlainFunction(hook, name);
    return add({
      __proto__: null,
      [moment](promise, parent) {
        try {
          hook(promise, parent);
        } catch (err) {
          report(err, false);
        }
      },
    });
  };
}

function createHook({ init, before, after, settled } = {}) {
  const removers = [];
  if (init) removers.push(onInit(init));
  if (before) removers.push(onBefore(before));
  if (after) removers.push(onAfter(after));
  if (settled) removers.push(onSettled(settled));
  return () => {
    for (const remove of removers) remove();
  };
}

const onInit = adder('init');
const onBefore = adder('before');
const onAfter = adder('after');
const onSettled = adder('settled');

module.exports = { add, createHook, onAfter, onBefore, onInit, onSettled, setReporter };

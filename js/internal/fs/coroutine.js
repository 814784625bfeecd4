'use strict';
// Work of many operations, written once as a generator. It yields [operation, ...arguments] (see requests.js) and gets the result, or
// what a function of the user's has returned; here it is run to its end at once, or with promises.

const { codes: { ERR_INVALID_RETURN_VALUE } } = require('internal/errors');
const { PromiseRequest, now } = require('internal/fs/requests');

// A step that asks the user. Its result may be a promise where work may wait.
class Ask {
  constructor(fn, args, name) {
    this.fn = fn;
    this.args = args;
    this.name = name;
  }
}

function stepNow(step) {
  if (!(step instanceof Ask)) return step[0](now, ...step.slice(1));
  const answer = step.fn(...step.args);
  if (core.isPromise(answer)) throw new ERR_INVALID_RETURN_VALUE('boolean', step.name, answer);
  return answer;
}

function stepLater(step) {
  if (!(step instanceof Ask)) return step[0](new PromiseRequest(), ...step.slice(1));
  return step.fn(...step.args);
}

function runNow(work) {
  let state = work.next();
  while (!state.done) {
    let result;
    let failed = false;
    try {
      result = stepNow(state.value);
    } catch (err) {
      result = err;
      failed = true;
    }
    state = failed ? work.throw(result) : work.next(result);
  }
  return state.value;
}

async function runLater(work) {
  let state = work.next();
  while (!state.done) {
    let result;
    let failed = false;
    try {
      result = await stepLater(state.value);
    } catch (err) {
      result = err;
      failed = true;
    }
    state = failed ? work.throw(result) : work.next(result);
  }
  return state.value;
}

module.exports = { Ask, runLater, runNow, stepLater, stepNow };

'use strict';
// Whether requests that name no agent may have a proxy at all: asked by all of them, so that what knows more is not loaded for nothing.

const { getOption } = require('internal/options');

let isEnvironmentsTurn;
let isOverridden = false;

// Whether the environment's variables count. It is the command line that has the last word.
function usesEnvironment() {
  if (isEnvironmentsTurn === undefined) {
    const option = getOption('use-env-proxy');
    isEnvironmentsTurn = option === undefined ? process.env.NODE_USE_ENV_PROXY === '1' : option !== 'false';
  }
  return isEnvironmentsTurn;
}

function mayHaveProxy() {
  return isOverridden || usesEnvironment();
}

function setOverridden(value) {
  isOverridden = value;
}

module.exports = { mayHaveProxy, setOverridden, usesEnvironment };

'use strict';
// The proxies of all requests that name no agent: of the environment, where NODE_USE_ENV_PROXY or --use-env-proxy says that it counts, or those that
// a program sets with http.setGlobalProxyFromEnv().

const { codes: { ERR_PROXY_INVALID_CONFIG } } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { URL } = require('url');
const { SCHEME, variablesOf } = require('internal/http/proxy');
const { setOverridden, usesEnvironment } = require('internal/http/proxy_use');
const agents = require('internal/http/agent');

let environment;
// What setGlobalProxyFromEnv() has put in place of it.
let override = null;

// The environment's variables, in which all that is said is well said.
function checkedEnvironment() {
  if (environment === undefined) {
    const { http, https } = variablesOf(process.env);
    for (const text of [http, https]) if (text) new URL(text);
    environment = { ...process.env };
  }
  return environment;
}

// The variables for requests that have no agent, or null: fetch's.
function currentEnvironment() {
  return override ?? (usesEnvironment() ? checkedEnvironment() : null);
}

function setGlobalProxyFromEnv(env = process.env) {
  validateObject(env, 'proxyEnv');
  const { http, https } = variablesOf(env);
  for (const text of [http, https]) {
    if (text && !(SCHEME.test(text) && URL.canParse(text))) throw new ERR_PROXY_INVALID_CONFIG(text);
  }
  const undo = [];
  if (http) undo.push(replaceAgent(agents, env));
  if (https) undo.push(replaceAgent(require('internal/https/agent'), env));
  if (undo.length === 0) return () => {};
  const before = override;
  setOverride({ ...env });
  return () => {
    setOverride(before);
    for (const one of undo) one();
  };
}

function setOverride(env) {
  override = env;
  setOverridden(env !== null);
}

function replaceAgent({ Agent, getGlobalAgent, setGlobalAgent }, env) {
  const before = getGlobalAgent();
  setGlobalAgent(new Agent({ ...before.options, proxyEnv: env }));
  return () => setGlobalAgent(before);
}

module.exports = { checkedEnvironment, currentEnvironment, setGlobalProxyFromEnv };

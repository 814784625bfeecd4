'use strict';
// Which built-ins exist, and loading one by the name that a user gives it. It does not know about files.

// The module with an embedder's own ops.
const EMBEDDER = 'rtjs:ops';

let load;
let publicIds;
let embedderOps = null;

// Called once by the loader, which is the only one to have these.
function initialize(requireBuiltin, ops) {
  load = requireBuiltin;
  publicIds = new Set();
  for (const id of ops.op_runtime_builtin_ids()) {
    if (!id.startsWith('internal/')) publicIds.add(id);
  }
}

// At start-up, in a program that brought ops of its own: `require('rtjs:ops')` has them.
function setEmbedderOps(names, ops) {
  embedderOps = { __proto__: null };
  for (const name of names) embedderOps[name] = ops[name];
  publicIds.add(EMBEDDER);
}

// Node has these only with the `node:` prefix.
const schemeOnly = new Set(['sea', 'sqlite', 'test', 'test/reporters']);

// The id for a user's specifier ('fs', 'node:fs'), or undefined when it names no built-in.
function normalize(specifier) {
  if (specifier.startsWith('node:')) {
    const id = specifier.slice(5);
    return publicIds.has(id) ? id : undefined;
  }
  return publicIds.has(specifier) && !schemeOnly.has(specifier) ? specifier : undefined;
}

function canBeRequiredByUsers(id) {
  return publicIds.has(id);
}

module.exports = {
  initialize,
  normalize,
  setEmbedderOps,
  canBeRequiredByUsers,
  requireBuiltin: (id) => (id === EMBEDDER ? embedderOps : load(id)),
  publicIds: () => [...publicIds].filter((id) => id !== EMBEDDER),
};

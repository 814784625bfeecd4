'use strict';

// process.allowedNodeEnvironmentFlags: the flags that NODE_OPTIONS may hold, as
// a set that answers to any spelling of a flag and cannot be changed.

const flags = [
  '--abort-on-uncaught-exception',
  '--conditions', '-C',
  '--deprecation',
  '--disable-proto',
  '--disable-warning',
  '--dns-result-order',
  '--env-file',
  '--expose-gc',
  '--import',
  '--insecure-http-parser',
  '--interpreted-frames-native-stack',
  '--jitless',
  '--max-http-header-size',
  '--max-old-space-size',
  '--max-semi-space-size',
  '--pending-deprecation',
  '--perf-basic-prof',
  '--perf-basic-prof-only-functions',
  '--perf-prof',
  '--preserve-symlinks',
  '--preserve-symlinks-main',
  '--redirect-warnings',
  '--require', '-r',
  '--stack-trace-limit',
  '--throw-deprecation',
  '--title',
  '--trace-deprecation',
  '--trace-exit',
  '--trace-uncaught',
  '--trace-warnings',
  '--unhandled-rejections',
  '--warnings',
];

// `--stack_trace-limit=10` -> `--stack-trace-limit`; a bare name gets its dashes.
function spell(flag) {
  let name = flag.replace(/=.*$/s, '');
  const dashes = /^-{0,2}/.exec(name)[0];
  name = name.slice(dashes.length).replaceAll('_', '-');
  if (dashes !== '') return dashes + name;
  return name.length === 1 ? `-${name}` : `--${name}`;
}

function makeAllowedFlags() {
  const known = new Set(flags);

  class NodeEnvironmentFlagsSet extends Set {
    add() {
      return this;
    }

    delete() {
      return false;
    }

    clear() {}

    has(flag) {
      return typeof flag === 'string' && known.has(spell(flag));
    }

    entries() {
      return known.entries();
    }

    forEach(callback, thisArg = undefined) {
      for (const flag of flags) Reflect.apply(callback, thisArg, [flag, flag, this]);
    }

    get size() {
      return known.size;
    }

    values() {
      return known.values();
    }
  }

  const { prototype } = NodeEnvironmentFlagsSet;
  prototype.keys = prototype.values;
  prototype[Symbol.iterator] = prototype.values;
  Object.freeze(NodeEnvironmentFlagsSet);
  Object.freeze(prototype);
  return Object.freeze(new NodeEnvironmentFlagsSet());
}

module.exports = { makeAllowedFlags };

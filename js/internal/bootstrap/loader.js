// The first script of every context: it loads built-in modules by id, each at most once, and hands Rust the entry points.
// What a public module is (`node:` names, user-land require) belongs to internal/modules.
'use strict';

((core) => {
  const { ops } = core;
  const modules = new Map();

  // The native classes that the snapshot holds; what Rust makes in a running process belongs to these. deno_core binds ops anew at start-up, as
  // other classes with quicker methods: those methods are taken over, the classes stay.
  const classes = Object.entries(ops).filter(([name]) => /^[A-Z]/.test(name));
  // In parentheses, so that it is compiled into the snapshot.
  const keepClasses = (function keepClasses() {
    for (const [name, known] of classes) {
      const bound = ops[name];
      if (bound === known) continue;
      const descriptors = Object.getOwnPropertyDescriptors(bound.prototype);
      delete descriptors.constructor;
      Object.defineProperties(known.prototype, descriptors);
      ops[name] = known;
    }
  });

  function requireBuiltin(id) {
    const known = modules.get(id);
    if (known !== undefined) return known.exports;
    const body = ops.op_runtime_builtin_compile(id);
    if (body === null) throw new Error(`No such built-in module: ${id}`);
    const module = { __proto__: null, id, exports: {} };
    modules.set(id, module);
    try {
      Reflect.apply(body, undefined, [module.exports, requireBuiltin, module, ops, core]);
    } catch (err) {
      modules.delete(id);
      throw err;
    }
    return module.exports;
  }

  requireBuiltin('internal/bootstrap/builtins').initialize(requireBuiltin, ops);
  requireBuiltin('internal/bootstrap/realm');
  const start = requireBuiltin('internal/bootstrap/start');
  // What every script needs to be found and run: in the snapshot nothing of it is left to compile.
  for (const id of ['internal/process/start', 'internal/modules/run_main', 'internal/modules/cjs/module', 'module', 'net', 'http', 'child_process', 'internal/cluster/primary', 'internal/cluster/child']) requireBuiltin(id);

  // Rust takes these and `start` removes the name before any other script runs.
  globalThis.Deno.rtjs = { ...start, start: (config) => { keepClasses(); start.start(config); } };
})(globalThis.Deno.core);

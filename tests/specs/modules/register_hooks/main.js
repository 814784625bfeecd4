// module.registerHooks(): resolve and load hooks are asked by require and by import, the last registered first.
const { registerHooks } = require('module');

const virtual = registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier.startsWith('virtual:')) return { url: specifier, format: specifier.slice(8), shortCircuit: true };
    return nextResolve(specifier);
  },
  load(url, context, nextLoad) {
    if (url === 'virtual:commonjs') return { format: 'commonjs', source: 'exports.name = "made up";', shortCircuit: true };
    if (url === 'virtual:module') return { format: 'module', source: 'export const kind = "module";', shortCircuit: true };
    if (url === 'virtual:json') return { format: 'json', source: '{ "json": true }', shortCircuit: true };
    return nextLoad(url);
  },
});
const changed = registerHooks({
  load(url, { format }, nextLoad) {
    const loaded = nextLoad(url);
    if (!url.endsWith('/real.js')) return loaded;
    console.log('loading real.js as', format, 'which is', loaded.format);
    return { ...loaded, source: `${loaded.source}`.replace('file', 'hook') };
  },
});

console.log(require('virtual:commonjs'), require('virtual:json'), require('virtual:module').kind);
console.log(require('./real.js'), typeof require('path').join);

(async () => {
  console.log((await import('virtual:module')).kind, (await import('./real.js')).default);
  changed.deregister();
  delete require.cache[require.resolve('./real.js')];
  console.log(require('./real.js'));
  virtual.deregister();
  try {
    require('virtual:other');
  } catch (err) {
    console.log(err.code);
  }
  for (const hooks of [{ resolve: 1 }, { resolve: () => ({ url: 'x:y' }) }, { resolve: () => ({ url: 7, shortCircuit: true }) }]) {
    let registered;
    try {
      registered = registerHooks(hooks);
      require('anything');
    } catch (err) {
      console.log(err.code, err.message);
    }
    registered?.deregister();
  }
})();

import { Module, registerHooks } from 'node:module';
import { basename } from 'node:path';

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    console.log('resolve', basename(found.url), found.format, context.parentURL === undefined);
    return found.url.endsWith('.lang') && found.format === undefined ? { ...found, format: 'commonjs' } : found;
  },
  load(url, context, next) {
    const loaded = next(url, context);
    console.log('load', basename(url), context.format, loaded.format, loaded.source?.constructor.name, loaded.responseURL === url);
    return loaded.source ? { ...loaded, source: String(loaded.source).replace('LANG', 'changed') } : loaded;
  },
});

Module._extensions['.own'] = (module, filename) => {
  module.exports = `own ${basename(filename)}`;
};

'use strict';
// Programs that change how require works: extensions, wrapper, _resolveFilename.
const Module = require('module');
const fs = require('fs');

Module._extensions['.upper'] = (module, filename) => {
  module.exports = fs.readFileSync(filename, 'utf8').trim().toUpperCase();
};
console.log(require('./text.upper'), require('./text'));

const resolve = Module._resolveFilename;
Module._resolveFilename = function(request, ...rest) {
  return Reflect.apply(resolve, this, [request === 'virtual' ? './text.upper' : request, ...rest]);
};
console.log(require('virtual'));

const [before, after] = Module.wrapper;
Module.wrapper[0] = `${before}const injected = 'injected';`;
Module.wrapper[1] = after;
console.log(require('./wrapped'));

const here = Module.createRequire(__filename);
console.log(here('./text.upper'), Module.isBuiltin('node:fs'), Module.builtinModules.includes('events'));
console.log(Module.findPackageJSON('./x.js', __filename)?.endsWith('hooks/package.json'));

'use strict';
// require.cache: a module runs once, again when it is taken out, and not at all when something is put in.
const file = require.resolve('./counted');
require('./counted');
require('./counted');
console.log(globalThis.runs, require.cache[file].loaded, module.children.length);
delete require.cache[file];
require('./counted');
console.log(globalThis.runs);
require.cache[file] = { exports: 'mine', loaded: true };
console.log(require('./counted'));

try {
  require('./throws');
} catch {
  console.log(require.resolve('./throws') in require.cache);
}

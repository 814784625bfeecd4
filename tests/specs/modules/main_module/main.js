'use strict';
// What the main module and one that it requires know of themselves.
console.log(require.main === module, module.id, module.parent, module.loaded, process.mainModule === module);
console.log(process.argv[1] === __filename, module.paths[0] === require('path').join(__dirname, 'node_modules'));
console.log(require('./child'));

'use strict';
// What a relative request may mean: a file, one with an extension added, JSON, a folder's index or main.
const assert = require('assert');

assert.strictEqual(require('./lib/plain'), require('./lib/plain.js'));
console.log(require('./lib/plain'), require('./lib/data').answer, require('./lib/data.json') === require('./lib/data'));
console.log(require('./lib/indexed'), require('./lib/indexed/'), require('./lib/named'));
console.log(require('./lib/both'), require('./lib/both/'));
console.log(require('path') === require('node:path'));
console.log(__filename === require('path').join(__dirname, 'main.js'), this === module.exports, exports === module.exports);
console.log(require('./lib/hashbang'));

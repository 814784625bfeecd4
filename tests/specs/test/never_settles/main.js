'use strict';
// A test that waits for something that cannot come is cancelled when the loop has nothing left to do.
require('node:test').test('waits for ever', () => new Promise(() => {}));

'use strict';

// module.parent, which is no property of the module itself.

const parents = new WeakMap();

module.exports = { parents };

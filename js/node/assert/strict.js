'use strict';
// 'assert/strict' is assert.strict under a name of its own.

module.exports = require('assert').strict;

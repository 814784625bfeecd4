'use strict';
// require('util/types'): util.types by itself.

module.exports = require('internal/util/types');

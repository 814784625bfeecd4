'use strict';
// require('sys'): the old name of util.

module.exports = require('util');

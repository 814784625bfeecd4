'use strict';
// require('console') is the global console, with the Console class as its property.

module.exports = require('internal/console/global');

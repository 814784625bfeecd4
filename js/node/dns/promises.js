'use strict';
// require('dns/promises'), which is require('dns').promises too.

module.exports = require('internal/dns/promises');

'use strict';
// 'path/posix' is path.posix under a name of its own.

module.exports = require('path').posix;

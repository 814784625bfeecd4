'use strict';
// fs/promises: fs.promises under a name of its own.

module.exports = require('internal/fs/promises');

'use strict';
// require('cluster'): one of two modules, by the role of this process.

const { isWorker } = require('internal/cluster/role');

module.exports = isWorker() ? require('internal/cluster/child') : require('internal/cluster/primary');

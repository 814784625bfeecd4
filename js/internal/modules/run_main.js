'use strict';
// Bring-up only.
module.exports = { runMain(config) { throw new Error('no module loader yet'); } };

'use strict';

// The classes that come with fetch(), which is not there yet. Programs ask whether something is one of them.

const { absentClass } = require('internal/absent');

module.exports = {};
for (const name of ['FormData', 'Headers', 'Request', 'Response']) module.exports[name] = absentClass('globalThis', name);

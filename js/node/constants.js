'use strict';
// constants: everything that os.constants and fs.constants hold, in one object.
// Documented as deprecated, and required by old programs.

const { constants: { dlopen, errno, priority, signals } } = require('os');
const { constants: fs } = require('fs');

Object.assign(exports, dlopen, errno, priority, signals, fs);

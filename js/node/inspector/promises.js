'use strict';

// The public 'inspector/promises' module. Without an inspector it is 'inspector'.

module.exports = { ...require('inspector') };

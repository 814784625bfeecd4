'use strict';

// The public 'repl' module: there is no interactive mode.

const { absent } = require('internal/absent');

module.exports = {
  REPL_MODE_SLOPPY: Symbol('repl-sloppy'),
  REPL_MODE_STRICT: Symbol('repl-strict'),
  ...absent('repl', { classes: ['REPLServer', 'Recoverable'], functions: ['isValidSyntax', 'start', 'writer'] }),
};

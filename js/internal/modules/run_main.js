'use strict';

// The main script: a file, a piece of code, or standard input.

const { kFile, preservesSymlinks, realpath } = require('internal/modules/files');
const { Module } = require('internal/modules/cjs/module');
const path = require('path');

function runMain(config) {
  Module._initPaths();
  if (config.require.length > 0) Module._preloadModules(config.require);
  if (config.script !== undefined) runScript(config.script);
}

function runScript(script) {
  const file = path.resolve(script);
  process.argv[1] = file;
  Module._load(file, null, true);
}

module.exports = { runMain };

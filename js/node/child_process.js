'use strict';
// require('child_process'): the public surface, put together from internal/child_process.

const { ChildProcess } = require('internal/child_process/child_process');
const { exec, execFile } = require('internal/child_process/exec');
const { fork, spawn } = require('internal/child_process/spawn');
const { execFileSync, execSync, spawnSync } = require('internal/child_process/sync');

module.exports = { ChildProcess, exec, execFile, execFileSync, execSync, fork, spawn, spawnSync };

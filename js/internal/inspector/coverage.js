'use strict';

// NODE_V8_COVERAGE: which code has run, written to a folder when the process
// ends. Loaded by a process that finds the variable set.

const { Session, ask } = require('internal/inspector/session');
const path = require('path');

let session;
let folder;
let written = 0;

function start(directory) {
  folder = path.resolve(directory);
  // For the processes that this one starts, wherever they are.
  process.env.NODE_V8_COVERAGE = folder;
  session = new Session();
  session.connect();
  ask(session, 'Profiler.enable');
  ask(session, 'Profiler.startPreciseCoverage', { callCount: true, detailed: true });
}

// The counts since the last time.
function take() {
  if (session === undefined) return;
  const { result, timestamp } = ask(session, 'Profiler.takePreciseCoverage');
  const own = result.filter(({ url }) => url.startsWith('file:'));
  const fs = require('fs');
  const name = `coverage-${process.pid}-${Date.now()}-${written++}.json`;
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, name), JSON.stringify({ result: own, timestamp }));
  } catch (error) {
    require('internal/process/raw_output').writeError(`Failed to write coverage to ${folder}: ${error.message}\n`);
  }
}

function stop() {
  if (session === undefined) return;
  ask(session, 'Profiler.stopPreciseCoverage');
  session.disconnect();
  session = undefined;
}

module.exports = { start, stop, take };

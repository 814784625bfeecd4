'use strict';
// NODE_V8_COVERAGE: what has run is written to that folder by each process.
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'coverage-'));
execFileSync(process.execPath, [path.join(__dirname, 'measured.js')], { env: { ...process.env, NODE_V8_COVERAGE: folder } });
for (const name of fs.readdirSync(folder)) {
  const { result } = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  const { functions } = result.find(({ url }) => url.endsWith('/measured.js'));
  console.log(/^coverage-\d+-\d+-\d+\.json$/.test(name));
  for (const { functionName, ranges } of functions) console.log(functionName, ranges.map(({ count }) => count));
}
fs.rmSync(folder, { recursive: true });

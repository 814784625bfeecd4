'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');

const { report } = process;
const made = report.getReport(Object.assign(new Error('boo'), { detail: 5 }));
console.log(Object.keys(made).join());
console.log(made.header.event, made.header.trigger, made.header.processId === process.pid, made.header.cwd === process.cwd());
console.log(made.javascriptStack.message, made.javascriptStack.stack[0].startsWith('at '), made.javascriptStack.errorProperties);
console.log(made.javascriptHeap.usedMemory > 0, made.resourceUsage.rss > 0, 'open_files' in made.userLimits);
report.excludeEnv = true;
console.log('environmentVariables' in report.getReport());

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-spec-'));
const program = `
  process.report.directory = ${JSON.stringify(folder)};
  process.report.compact = true;
  console.log(process.report.writeReport('own.json'));
  process.report.reportOnUncaughtException = true;
  process.report.filename = 'uncaught.json';
  throw new TypeError('nobody catches it');
`;
const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
console.log(status, stdout.trim(), stderr.match(/Writing Node\.js report to file: .*/g));
for (const name of ['own.json', 'uncaught.json']) {
  const { header } = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  console.log(name, header.trigger, header.filename);
}
fs.rmSync(folder, { recursive: true });

for (const [name, value] of [['directory', 5], ['compact', 1], ['signal', 'x'], ['signal', 'sigusr2'], ['reportOnSignal', 1]]) {
  try {
    report[name] = value;
  } catch (error) {
    console.log(name, error.code, error.message);
  }
}

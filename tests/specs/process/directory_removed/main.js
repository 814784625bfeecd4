// The current directory can go away; the error says what has happened.
const fs = require('fs');
const os = require('os');
const path = require('path');

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-'));
process.chdir(directory);
fs.rmdirSync(directory);
try {
  process.cwd();
} catch (error) {
  console.log(error.message);
  console.log(error.code, error.syscall, error.errno);
}

'use strict';
// pm2 itself under this runtime: two instances in cluster mode, a reload, one more instance, the end.
const { execFileSync } = require('child_process');
const fs = require('fs');
const http = require('http');
const os = require('os');
const path = require('path');

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'packages-pm2-'));
const program = path.join(path.dirname(require.resolve('pm2/package.json')), 'bin/pm2');
const env = { ...process.env, NO_COLOR: '1', PM2_DISABLE_VERSION_CHECK: '1', PM2_HOME: home };
const pm2 = (...args) => execFileSync(process.execPath, [program, ...args], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] });
const list = () => JSON.parse(pm2('jlist')).map(({ name, pm2_env: { status, exec_mode: mode, restart_time: restarts } }) => `${name} ${mode} ${status} ${restarts}`);
const ask = () => new Promise((resolve, reject) => {
  http.get({ agent: false, port: 18123 }, (res) => res.setEncoding('utf8').on('data', resolve)).on('error', reject);
});

(async () => {
  try {
    pm2('start', path.join(__dirname, 'parts/answer_pid.js'), '-i', '2', '--wait-ready', '--listen-timeout', '500');
    console.log(list(), new Set([await ask(), await ask(), await ask(), await ask()]).size);
    pm2('reload', 'all');
    console.log(list(), new Set([await ask(), await ask(), await ask(), await ask()]).size);
    pm2('scale', 'answer_pid', '3');
    console.log(list().length);
  } finally {
    pm2('kill');
    fs.rmSync(home, { recursive: true });
  }
})();

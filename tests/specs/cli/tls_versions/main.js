'use strict';
// The command line's range of TLS versions has to be one.
const { spawnSync } = require('child_process');

for (const options of [['--tls-min-v1.3'], ['--tls-max-v1.2'], ['--tls-min-v1.3', '--tls-max-v1.2']]) {
  const code = 'require("tls").DEFAULT_MIN_VERSION + " " + require("tls").DEFAULT_MAX_VERSION';
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, '-p', code], { encoding: 'utf8' });
  console.log(status, stdout.trim(), stderr.split('\n')[0].replace(/^.*?: /, ''));
}

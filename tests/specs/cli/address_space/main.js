// A limit that V8 cannot live with is an error that names it, not a crash.
const { spawnSync } = require('child_process');

const { status, stderr } = spawnSync('sh', ['-c', `ulimit -v 4194304; exec "$0" -p 1`, process.execPath], { encoding: 'utf8' });
console.log(status, stderr.trim());

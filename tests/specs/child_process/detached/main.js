// A detached child leads a session of its own; others are in this program's.
const { execFileSync } = require('child_process');
const ids = (options) => execFileSync('sh', ['-c', 'ps -o pid=,sid= -p $$'], options).toString().trim().split(/\s+/);

const [pid, sid] = ids({ detached: true });
console.log(pid === sid);
const [otherPid, otherSid] = ids();
console.log(otherPid === otherSid);

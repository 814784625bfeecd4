// What os says has the right shape, and its functions read as values.
const os = require('os');

console.log(os.platform(), os.type(), os.endianness(), JSON.stringify(os.EOL), os.devNull);
for (const name of ['arch', 'hostname', 'release', 'version', 'machine', 'homedir', 'tmpdir']) {
  console.log(name, typeof os[name](), os[name]().length > 0, `${os[name]}` === os[name]());
}
console.log(os.totalmem() >= os.freemem() && os.freemem() > 0, os.uptime() > 0, os.loadavg().length, os.availableParallelism() >= 1);
const [cpu] = os.cpus();
console.log(Object.keys(cpu), Object.keys(cpu.times));
const local = os.networkInterfaces().lo.find(({ family }) => family === 'IPv4');
console.log(local);
const user = os.userInfo();
console.log(Object.getPrototypeOf(user), Object.keys(user), user.uid === process.getuid());
console.log(Buffer.isBuffer(os.userInfo({ encoding: 'buffer' }).username));

process.env.TMPDIR = '/somewhere/';
process.env.HOME = '/nowhere';
console.log(os.tmpdir(), os.homedir());

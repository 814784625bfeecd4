'use strict';
// What process tells about itself.
console.log(/^v\d+\.\d+\.\d+$/.test(process.version), process.versions.node === process.version.slice(1));
console.log(typeof process.versions.rtjs, typeof process.versions.v8, process.release.name);
console.log(process.pid > 0, process.ppid > 0, process.platform, typeof process.arch);
console.log(process.argv.length, process.argv[0] === process.execPath, process.argv[1].endsWith('main.js'), process.execArgv);
console.log(process.uptime() > 0, process.hrtime().length, typeof process.hrtime.bigint());
const { rss, heapTotal, heapUsed } = process.memoryUsage();
console.log(rss > heapUsed, heapTotal >= heapUsed, process.memoryUsage.rss() > 0);
console.log(Object.keys(process.cpuUsage()), Object.keys(process.resourceUsage()).length);
console.log(process.cwd() === __dirname || process.chdir(__dirname) === undefined && process.cwd() === __dirname);
const old = process.umask(0o77);
console.log(process.umask(old).toString(8));
console.log(String(process), Object.getPrototypeOf(process).constructor.name, process instanceof require('events'));

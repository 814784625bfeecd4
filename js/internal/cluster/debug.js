'use strict';
// NODE_DEBUG=cluster: the lines that v0.10 printed, such as `23521,Master Worker 23524 online`.

let enabled;

function debug(role, ...words) {
  enabled ??= /(?:^|[\s,])cluster(?:$|[\s,])/i.test(process.env.NODE_DEBUG ?? '');
  if (enabled) process.stderr.write(`${process.pid},${role} ${words.join(' ')}\n`);
}

module.exports = { debug };

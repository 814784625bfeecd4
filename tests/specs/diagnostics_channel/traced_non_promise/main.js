'use strict';
const { tracingChannel } = require('diagnostics_channel');

process.on('warning', (warning) => console.log(warning.message));
const channel = tracingChannel('spec');
const events = [];
for (const event of ['start', 'end', 'asyncStart', 'asyncEnd', 'error']) {
  channel[event].subscribe(({ result }) => events.push(`${event} ${result}`));
}
console.log(channel.tracePromise(function plain() { return 5; }), events.splice(0).join());
const thenable = { then(resolve) { resolve(9); } };
console.log(channel.tracePromise(() => thenable) === thenable, events.splice(0).join());
channel.tracePromise(async () => 7).then(() => console.log(events.splice(0).join()));

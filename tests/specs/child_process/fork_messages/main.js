// Messages in both formats, in order and in both directions; the channel's variables are not the child's to see.
const { fork } = require('child_process');

if (process.argv[2] === 'child') {
  const hidden = Object.keys(process.env).filter((name) => name.startsWith('NODE_CHANNEL'));
  process.send({ connected: process.connected, hidden, argv: process.argv.slice(2) });
  process.on('message', (message) => {
    process.send({ echo: message });
    if (message === 'bye') process.disconnect();
  });
  process.on('disconnect', () => { process.exitCode = process.connected ? 1 : 7; });
} else {
  const run = (serialization) => new Promise((resolve) => {
    const child = fork(__filename, ['child', 'two'], { serialization });
    console.log(serialization, child.connected, typeof child.send, child.channel !== null);
    child.on('message', (message) => console.log(message));
    child.on('disconnect', () => console.log('disconnect', child.connected, child.channel));
    child.on('close', (code) => resolve(console.log('close', code)));
    for (const message of ['text', 1.5, true, null, { a: [1, { b: 'caf\u00e9 \u65e5\u672c \u{1f600}' }] }, 'bye']) child.send(message);
  });
  run('json').then(() => run('advanced'));
}

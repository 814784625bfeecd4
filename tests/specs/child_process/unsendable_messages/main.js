// What cannot be sent is refused where it is sent, and the channel goes on.
const { fork } = require('child_process');

if (process.argv[2] === 'child') {
  process.on('message', (message) => process.send(message));
} else {
  const attempt = (child, name, message) => {
    try {
      console.log(name, child.send(message));
    } catch (err) {
      console.log(name, '|', err.name, err.code, '|', err.message.split('\n')[0]);
    }
  };
  const run = (serialization) => new Promise((resolve) => {
    const child = fork(__filename, ['child'], { serialization });
    const circular = {};
    circular.self = circular;
    attempt(child, 'undefined', undefined);
    attempt(child, 'function', () => {});
    attempt(child, 'symbol', Symbol('s'));
    attempt(child, 'bigint', 1n);
    if (serialization === 'json') attempt(child, 'circular', circular);
    else attempt(child, 'function within', { f() {} });
    attempt(child, 'throws', { toJSON() { throw new Error('from toJSON'); }, get g() { throw new Error('from getter'); } });
    try {
      child.send('with', { not: 'a handle' });
    } catch (err) {
      console.log(err.name, err.code, err.message);
    }
    child.on('message', (message) => {
      console.log(message);
      child.disconnect();
    });
    child.on('exit', resolve);
    child.send('still there');
  });
  run('json').then(() => run('advanced'));
}

// Callbacks of send() come in order when the message is written; send() says false when the other side does not read.
const { fork } = require('child_process');

if (process.argv[2] === 'child') {
  process.on('message', (message) => {
    if (message === 'wait') {
      process.send('waiting');
      // Reads nothing until this file is there.
      const fs = require('fs');
      const pause = new Int32Array(new SharedArrayBuffer(4));
      while (!fs.existsSync(process.argv[3])) Atomics.wait(pause, 0, 0, 1);
    } else if (message === 'end') {
      process.disconnect();
    }
  });
} else {
  const fs = require('fs');
  const file = `${require('os').tmpdir()}/send-callbacks-${process.pid}`;
  const child = fork(__filename, ['child', file]);
  child.once('message', (message) => {
    console.log(message);
    const order = [];
    const big = 'x'.repeat(100_000);
    const taken = [];
    for (let i = 0; i < 10; i++) taken.push(child.send(big, () => order.push(i)));
    // The kernel takes about two; the rest waits.
    console.log(taken[0], taken.at(-1));
    child.send('end', (err) => {
      console.log(order.join(), err);
      fs.unlinkSync(file);
    });
    fs.writeFileSync(file, '');
  });
  child.on('exit', (code) => {
    console.log('exit', code, child.send('too late'));
    child.send('too late', (err) => console.log(err.code, err.message));
  });
  child.on('error', (err) => console.log('error', err.code));
  child.send('wait');
}

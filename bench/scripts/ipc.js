// Messages between a parent and a child: ipc.js round|one-way json|advanced BYTES SECONDS. Prints messages a second. With 0 bytes the message is a
// small object, otherwise a string of that length (a Buffer where the format is advanced).
const { fork } = require('child_process');
const { performance } = require('perf_hooks');

const [what, serialization, bytes, seconds] = process.argv.slice(2);

if (what === 'echo') {
  process.on('message', (message) => process.send(message));
} else if (what === 'count') {
  let count = 0;
  process.on('message', (message) => {
    if (message === 'end') process.send(count);
    else count++;
  });
} else {
  const size = Number(bytes);
  const message = size === 0 ? { hello: 'world', n: 1 } :
    serialization === 'advanced' ? Buffer.alloc(size, 'x') : 'x'.repeat(size);
  const child = fork(__filename, [what === 'round' ? 'echo' : 'count'], { serialization });
  const run = what === 'round' ? round : oneWay;
  // The first messages find the child still starting.
  run(child, message, 300, () => run(child, message, Number(seconds) * 1000, (rate) => {
    console.log(Math.round(rate));
    child.disconnect();
  }));
}

function round(child, message, time, done) {
  const start = performance.now();
  let count = 0;
  child.on('message', function listener() {
    count++;
    const elapsed = performance.now() - start;
    if (elapsed < time) {
      child.send(message);
    } else {
      child.removeListener('message', listener);
      done(count / elapsed * 1000);
    }
  });
  child.send(message);
}

function oneWay(child, message, time, done) {
  const start = performance.now();
  let count = 0;
  child.once('message', () => done(count / (performance.now() - start) * 1000));
  (function more() {
    let room = true;
    // As many as the channel takes without asking to wait, and then until it has room.
    for (let i = 0; i < 256 && room; i++) {
      room = child.send(message);
      count++;
    }
    if (performance.now() - start >= time) {
      child.send('end');
    } else if (room) {
      setImmediate(more);
    } else {
      count++;
      child.send(message, more);
    }
  })();
}

// Messages between a parent and a child: ipc.js round|one-way json|advanced BYTES SECONDS. Prints messages a second. With 0 bytes the message is a
// small object, otherwise a string of that length (a Buffer where the format is advanced). Then the processor time of a message in both, in microseconds.
const { fork } = require('child_process');
const { performance } = require('perf_hooks');

const [what, serialization, bytes, seconds] = process.argv.slice(2);

function microseconds(since) {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}

if (what === 'echo') {
  let before;
  process.on('message', (message) => {
    if (message === 'start') before = process.cpuUsage();
    else process.send(message === 'end' ? { cpu: microseconds(before) } : message);
  });
} else if (what === 'count') {
  let before;
  process.on('message', (message) => {
    if (message === 'start') before = process.cpuUsage();
    else if (message === 'end') process.send({ cpu: microseconds(before) });
  });
} else {
  const size = Number(bytes);
  const message = size === 0 ? { hello: 'world', n: 1 } :
    serialization === 'advanced' ? Buffer.alloc(size, 'x') : 'x'.repeat(size);
  const child = fork(__filename, [what === 'round' ? 'echo' : 'count'], { serialization });
  const run = what === 'round' ? round : oneWay;
  // The first messages find the child still starting.
  run(child, message, 300, () => run(child, message, Number(seconds) * 1000, (rate, cpu) => {
    console.log(Math.round(rate), cpu);
    child.disconnect();
  }));
}

function round(child, message, time, done) {
  child.send('start');
  const start = performance.now();
  const before = process.cpuUsage();
  let count = 0;
  child.on('message', function listener({ cpu }) {
    if (cpu !== undefined) {
      child.removeListener('message', listener);
      done(count / (performance.now() - start) * 1000, (microseconds(before) + cpu) / count);
      return;
    }
    count++;
    child.send(performance.now() - start < time ? message : 'end');
  });
  child.send(message);
}

function oneWay(child, message, time, done) {
  child.send('start');
  const start = performance.now();
  const before = process.cpuUsage();
  let count = 0;
  child.once('message', ({ cpu }) => {
    done(count / (performance.now() - start) * 1000, (microseconds(before) + cpu) / count);
  });
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

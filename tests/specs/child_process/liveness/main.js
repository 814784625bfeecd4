// A child with a channel ends by itself unless it listens; ref() and unref() of the channel decide otherwise.
const { fork } = require('child_process');

const programs = {
  silent: '',
  once: 'process.once("message", (m) => process.send(m))',
  listening: 'process.on("message", () => {}); process.send("up")',
  disconnecting: 'process.on("disconnect", () => process.exit(5)); process.send("up")',
  unreferenced: 'process.on("message", () => {}); process.channel.unref()',
  referenced: 'process.channel.ref(); process.send("up")',
  removed: 'const f = () => {}; process.on("message", f); process.removeListener("message", f)',
};
if (process.argv[2]) {
  new Function('process', programs[process.argv[2]])(process);
} else {
  (async () => {
    for (const name of Object.keys(programs)) {
      const child = fork(__filename, [name]);
      const steps = [];
      child.on('message', (message) => {
        steps.push(message);
        if (message === 'up') {
          steps.push('disconnected by parent');
          child.disconnect();
        }
      });
      if (name === 'once') child.send('ping');
      const code = await new Promise((resolve) => child.on('exit', resolve));
      console.log(name, code, steps);
    }
  })();
}

// What a failed call says: message, code, errno, syscall, path and dest, and where each of the three interfaces says it.
const fs = require('fs');

function show(err) {
  const { code, errno, syscall, path, dest } = err;
  console.log(err.message);
  console.log(JSON.stringify({ name: err.name, code, errno, syscall, path, dest }));
}

for (const call of [
  () => fs.readFileSync('/no/such'),
  () => fs.readFileSync('/'),
  () => fs.renameSync('/no/a', '/no/b'),
  () => fs.mkdirSync('/proc/x/y'),
  () => fs.readdirSync('/etc/hosts'),
  () => fs.closeSync(9999),
  () => fs.readlinkSync('/etc'),
  () => fs.openSync('/etc', 'w'),
  () => fs.rmSync('/etc'),
  () => fs.openSync(7),
  () => fs.openSync('a\0b'),
  () => fs.openSync('a', 'rw'),
  () => fs.readSync(0, Buffer.alloc(4), 0, 5),
]) {
  try {
    call();
  } catch (err) {
    show(err);
  }
}

fs.stat('/no/such', async (err) => {
  show(err);
  async function caller() {
    await fs.promises.access('/no/such');
  }
  await caller().catch((err) => {
    show(err);
    console.log(/at async caller/.test(err.stack));
  });
});
try {
  fs.stat('/');
} catch (err) {
  show(err);
}

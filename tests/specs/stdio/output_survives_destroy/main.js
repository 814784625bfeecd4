// process.stdout and process.stderr cannot be closed: what is written after destroy() or end() still comes out.
const { spawnSync } = require('child_process');

if (process.argv[2] === 'child') {
  process.stdout.on('close', () => process.stderr.write('close\n'));
  process.stdout.destroy();
  console.log('after destroy');
  setImmediate(() => {
    console.log('later');
    process.stdout.end('end');
  });
  return;
}

const child = spawnSync(process.execPath, [__filename, 'child']);
console.log(child.status, JSON.stringify(child.stdout.toString()), JSON.stringify(child.stderr.toString()));

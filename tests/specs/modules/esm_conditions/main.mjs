// Which file of a package import and require get: conditions, also those of the command line.
import { spawnSync } from 'child_process';
import { createRequire } from 'module';
import fromImport from 'cond';

const require = createRequire(import.meta.url);
console.log(fromImport, require('cond'), (await import('cond/list')).default, (await import('#cond')).default);
for (const options of [[], ['-C', 'custom'], ['--conditions=development'], ['-C', 'other', '-C', 'custom']]) {
  const { stdout } = spawnSync(process.execPath, [...options, '-p', 'require("cond/choice")'], {
    cwd: import.meta.dirname, encoding: 'utf8',
  });
  console.log(options.join(' '), stdout.trim());
}
await import('cond/hidden/x').catch((error) => console.log(error.code));
await import('cond/unknown').catch((error) => console.log(error.code));
await import('#unknown').catch((error) => console.log(error.code));

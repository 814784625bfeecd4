// The child's environment, working directory, name and shell.
const { execFileSync, spawnSync } = require('child_process');
const text = (...args) => execFileSync(...args).toString().trim();

console.log(text('sh', ['-c', 'echo $A-$B-$C'], { env: { A: 1, B: undefined, C: 'three', PATH: process.env.PATH } }));
console.log(text('pwd', { cwd: '/usr' }));
console.log(text('pwd', { cwd: new URL('file:///usr/lib') }));
console.log(text('sh', ['-c', 'echo $0'], { argv0: 'another name' }));
console.log(text('echo one $((1 + 1)) && echo three', { shell: true }).split('\n'));
console.log(text('echo $0', { shell: '/bin/bash' }));
// Found in the child's PATH, not in this process's.
console.log(spawnSync('sh', { env: { PATH: '/nowhere' } }).error.code);
process.env.FROM_PARENT = 'yes';
console.log(text('sh', ['-c', 'echo $FROM_PARENT']));
console.log(text(process.execPath, ['-p', 'process.argv0'], { argv0: 'renamed' }));

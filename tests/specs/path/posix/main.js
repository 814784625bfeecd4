'use strict';
// What path does here: the POSIX half is the module itself.
const path = require('path');

console.log(path === path.posix, require('path/posix') === path.posix);
console.log(path.join('/a', '..', 'b//c', './d/'));
console.log(path.resolve('/a/b', '../c', './d'));
console.log(path.normalize('./x/../../y/.'));
console.log(path.relative('/data/test/aaa', '/data/impl/bbb'));
console.log(path.dirname('/a/b/'), path.basename('/a/b.html/', '.html'), path.extname('.bashrc.'));
console.log(path.parse('/home/user/file.tar.gz'));
console.log(path.format({ dir: '/home', name: 'file', ext: 'txt' }));
console.log(path.resolve('x') === `${process.cwd()}/x`);

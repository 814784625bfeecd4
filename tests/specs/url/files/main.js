'use strict';
// Paths and file: URLs, of this system and of Windows.
const url = require('url');

console.log(url.pathToFileURL('/a b/#?%~é\n').href);
console.log(url.pathToFileURL('dir/').href === `${url.pathToFileURL(process.cwd()).href}/dir/`);
console.log(url.fileURLToPath('file:///a%20b/%C3%A9'));
console.log(url.fileURLToPathBuffer('file:///%ff'));
console.log(url.pathToFileURL('C:\\a b', { windows: true }).href);
console.log(url.pathToFileURL('\\\\server\\share\\x', { windows: true }).href);
console.log(url.fileURLToPath('file://server/share/x', { windows: true }));

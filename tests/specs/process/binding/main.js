'use strict';
// What old packages ask process.binding() for while they are loaded.
const { TTY, isTTY } = process.binding('tty_wrap');
console.log(typeof TTY, isTTY(99));
console.log(process.binding('constants').os.signals.SIGTERM, process.binding('constants').fs.O_RDONLY);
console.log(process.binding('uv').UV_EOF, process.binding('uv').errname(-2));
console.log(process.binding('util').isDate(new Date()));
try {
  process.binding('no such thing');
} catch (err) {
  console.log(err.message);
}

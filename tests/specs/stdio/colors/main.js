// How many colours a terminal is said to have, by environment.
const { WriteStream } = require('tty');

const { getColorDepth, hasColors } = WriteStream.prototype;
for (const env of [
  {}, { TERM: 'dumb' }, { TERM: 'xterm' }, { TERM: 'xterm-256color' }, { COLORTERM: 'truecolor' }, { NO_COLOR: '1', TERM: 'xterm' },
  { FORCE_COLOR: '3' }, { FORCE_COLOR: '0', TERM: 'xterm' }, { CI: '1', GITHUB_ACTIONS: '1' }, { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.1' },
]) {
  const stream = { getColorDepth, hasColors };
  console.log(env, stream.getColorDepth(env), stream.hasColors(env), stream.hasColors(256, env));
}
try {
  hasColors(1);
} catch (err) {
  console.log(err.code);
}
console.log(require('tty').isatty(99), require('tty').isatty(-1), require('tty').isatty('1'));
for (const fd of [-1, 999]) {
  try {
    new WriteStream(fd);
  } catch (err) {
    console.log(err.name, err.message);
  }
}

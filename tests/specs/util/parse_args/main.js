'use strict';
// Command line arguments by option, the tokens they were made of, and what is wrong with them.
const { parseArgs } = require('util');

const options = {
  verbose: { type: 'boolean', short: 'v', multiple: true },
  output: { type: 'string', short: 'o', default: 'a.out' },
  color: { type: 'boolean' },
};
console.log(parseArgs({
  args: ['-vvo', 'b.out', '--no-color', 'file', '--', '--verbose'], options, allowPositionals: true, allowNegative: true,
}));
console.log(parseArgs({ args: ['-ofile', '--x=1', 'y'], options, strict: false, tokens: true }).tokens);
console.log(parseArgs({ args: [], options }).values);
for (const args of [['--unknown'], ['--color=1'], ['-o'], ['-o', '-v'], ['file']]) {
  try {
    parseArgs({ args, options });
  } catch (error) {
    console.log(error.code, error.message);
  }
}

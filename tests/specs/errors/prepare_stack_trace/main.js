'use strict';
// Error.prepareStackTrace is asked for the text of every stack, when it is first read.
Error.prepareStackTrace = (error, sites) => `${error.message}: ${sites[0].getFunctionName()}`;
function made() {
  const error = new Error('first');
  error.message = 'changed before reading';
  return error;
}
console.log(made().stack);

Error.prepareStackTrace = () => {
  throw new RangeError('from the hook');
};
try {
  made().stack;
} catch (error) {
  Error.prepareStackTrace = undefined;
  console.log(error.name, error.message);
}
console.log(new TypeError('plain').stack.split('\n')[0]);

'use strict';
// From callbacks to promises and back.
const { promisify, callbackify } = require('util');

function divide(a, b, callback) {
  if (b === 0) callback(new Error('by zero'));
  else callback(null, a / b);
}
const divided = promisify(divide);
console.log(divided.name, promisify(divided) === divided);

divide[promisify.custom] = () => Promise.resolve('custom');
(async () => {
  console.log(await divided(6, 3));
  await divided(1, 0).catch((error) => console.log(error.message));
  console.log(await promisify(divide)(1, 0));

  const backed = callbackify(async (value) => {
    if (value === undefined) return Promise.reject(null);
    return value;
  });
  backed('value', (error, value) => {
    console.log(error, value);
    backed(undefined, (error) => console.log(error.code, error.reason));
  });
})();

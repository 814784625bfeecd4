'use strict';
exports.add = (a, b) => a + b;
exports.fail = () => {
  throw new TypeError('no');
};

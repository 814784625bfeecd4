'use strict';
// require() of ES modules that have no top-level await.
const namespace = require('./plain.mjs');
console.log(namespace, require('./plain.mjs') === namespace);
console.log(require('./with_default.mjs'));
console.log(require('./renamed.mjs'));
for (const file of ['./awaits.mjs', './throws.mjs']) {
  try {
    require(file);
  } catch (error) {
    console.log(error.code ?? error.message);
  }
}
import('./plain.mjs').then((imported) => console.log(imported === namespace));

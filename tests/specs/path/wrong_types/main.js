'use strict';
// Nothing but strings is a path.
const path = require('path');

for (const call of [() => path.join('a', 1), () => path.resolve(null), () => path.basename('a', {}), () => path.format('a')]) {
  try {
    call();
  } catch (err) {
    console.log(err.name, err.code, err.message);
  }
}

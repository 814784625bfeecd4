'use strict';
// Subscribers see what is logged before it is written.
const { channel } = require('diagnostics_channel');

channel('console.log').subscribe((args) => {
  args[0].seen = true;
});
console.log({ value: 1 });

'use strict';
// NODE_DEBUG names the sections that are printed; it is read when the first of them is used.
const { debuglog } = require('util');

process.env.NODE_DEBUG = 'spec,wild*';
const log = debuglog('spec', (ready) => console.log('ready', ready.enabled));
const quiet = debuglog('other');
console.log(log.enabled, quiet.enabled, debuglog('WILDCAT').enabled);
log('shown %d %j', 1, { a: 2 });
log({ inspected: true });
quiet('not shown');

'use strict';
// The calls on the stack, without Error.prepareStackTrace having a say.
const { getCallSites } = require('util');
const path = require('path');

Error.prepareStackTrace = () => {
  throw new Error('asked');
};
function here() {
  return getCallSites(2);
}
const [site, caller] = here();
console.log(site.functionName, path.basename(site.scriptName), site.lineNumber, site.column, caller.lineNumber);
console.log(typeof site.scriptId);

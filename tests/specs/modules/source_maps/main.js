'use strict';
// With --enable-source-maps a stack names the places in the source.
const { SourceMap, findSourceMap } = require('module');
const { outer } = require('./generated');

try {
  outer();
} catch (error) {
  console.log(error.stack.replaceAll(__dirname, '.').split('\n').slice(0, 4).join('\n'));
}
const map = findSourceMap(require.resolve('./generated'));
console.log(map instanceof SourceMap, map.findOrigin(3, 9).lineNumber, map.findEntry(0, 0), map.lineLengths.length);
console.log(findSourceMap(__filename));

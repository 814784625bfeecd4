exports.named = 'named';
module.exports['comp' + 'uted'] = 'computed';
__exportStar(require('./reexport.cjs'), exports);
function __exportStar(from, to) {
  Object.assign(to, from);
}

const a = require('./a');
console.log('early is', a.early);
exports.sawLate = a.late === undefined;

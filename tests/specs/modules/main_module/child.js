exports.isMain = require.main === module;
exports.id = module.id === __filename;
exports.parent = module.parent === require.main;

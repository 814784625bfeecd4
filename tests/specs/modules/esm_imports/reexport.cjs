exports.reexported = 'reexported';

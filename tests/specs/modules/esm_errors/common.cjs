module.exports = Object.fromEntries([['hidden', 1]]);

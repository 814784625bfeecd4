module.exports = 'LANG b';

module.exports = 'CommonJS by its extension';

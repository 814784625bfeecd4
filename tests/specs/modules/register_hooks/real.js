module.exports = 'what the file says';

'use strict';

// The public 'inspector/promises' module: sessions whose post() gives a promise.

const inspector = require('inspector');
const { promisify } = require('util');

class Session extends inspector.Session {}
Session.prototype.post = promisify(inspector.Session.prototype.post);

module.exports = { ...inspector, Session };

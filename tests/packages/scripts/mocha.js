'use strict';
const Mocha = require('mocha');

const mocha = new Mocha({ reporter: 'base' });
mocha.addFile(require.resolve('./parts/suite.js'));
mocha.run((failures) => console.log('failures:', failures)).on('test end', (test) => console.log(test.title, test.state)).on('fail', (test, err) => console.log(err.message));

'use strict';
const { urlToHttpOptions } = require('url');

console.log(urlToHttpOptions(new URL('https://a%20b:c@[::1]:8443/p?q#h')));

'use strict';
// So is a value that is no error.
throw 'a string';

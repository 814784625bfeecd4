'use strict';
// A syntax error: the line and the place in it.
const a = ;

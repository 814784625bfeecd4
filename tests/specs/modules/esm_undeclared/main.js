// A .js file that nobody has declared to be anything is an ES module if it only compiles as one.
import path from 'path';

console.log(typeof path.join, typeof require, import.meta.main);

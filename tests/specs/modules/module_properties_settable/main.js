'use strict';
// Test runners copy what the Module class has to one of their own, derived from it.
const { Module } = require('module');

class Own extends Module {}
for (const [key, value] of Object.entries(Module)) Own[key] = value;
console.log(Object.hasOwn(Own, 'builtinModules'), Own.builtinModules === Module.builtinModules, Own.builtinModules.includes('fs'));
Own.builtinModules = ['a'];
console.log(Own.builtinModules, Module.builtinModules.includes('fs'));

'use strict';
const fs = require('fs');

for (const attempt of [
  () => fs.rename('a'),
  () => fs.link('a'),
  () => fs.symlink('a', 'b', 'no type'),
  () => fs.chown('a'),
  () => fs.lutimes('a'),
  () => process.loadEnvFile(5),
]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.message);
  }
}
fs.promises.readFile(Symbol('path')).catch((error) => console.log(error.message));

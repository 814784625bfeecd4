'use strict';
for (const path of ['/no/such/program', '/']) {
  try {
    process.execve(path);
  } catch (error) {
    console.log(error.message, { ...error });
  }
}
console.log('still here');

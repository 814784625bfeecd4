'use strict';
// A missing module's error names everybody on the way to it.
try {
  require('./lib/asks');
} catch (error) {
  console.log(error.message.replaceAll(__dirname, '.'));
  console.log(error.code, error.requireStack.map((file) => file.replace(__dirname, '.')));
}
for (const request of ['node:nothing', '']) {
  try {
    require(request);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
try {
  require('./lib/broken.json');
} catch (error) {
  console.log(error.name, error.message.replace(__dirname, '.').split(':')[0]);
}

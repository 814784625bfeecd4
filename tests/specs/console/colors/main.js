'use strict';
// Colours are for terminals, unless the console says otherwise.
const { Console } = require('console');

function show(settings, isTTY) {
  const stdout = { isTTY, write: (text) => console.log(JSON.stringify(text)) };
  new Console({ stdout, ignoreErrors: false, ...settings }).log('%s', 'text', 1);
}
delete process.env.FORCE_COLOR;
show({}, false);
show({}, true);
show({ colorMode: true }, false);
show({ colorMode: false }, true);
show({ inspectOptions: { colors: true } }, false);

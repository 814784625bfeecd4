'use strict';
// A signal or its options behind a Proxy are as good as without.
const fs = require('fs');

const controller = new AbortController();
const signal = new Proxy(controller.signal, {});
console.log(signal.aborted, signal instanceof AbortSignal);
signal.addEventListener('abort', () => console.log('heard', signal.reason));
controller.abort('why');
console.log(signal.aborted);
fs.promises.readFile(__filename, { signal }).catch(({ name }) => console.log(name));

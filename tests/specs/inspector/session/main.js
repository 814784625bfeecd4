'use strict';
// A program inspects itself: it evaluates, profiles, and hears of what is wrong.
const inspector = require('inspector');
const { Session: PromiseSession } = require('inspector/promises');
const v8 = require('v8');

const session = new inspector.Session();
session.connect();
session.post('Runtime.evaluate', { expression: '40 + 2' }, (err, { result }) => console.log(err, result));
process.env.SPEC = 'from the environment';
session.post('Runtime.evaluate', { expression: 'process.env.SPEC', throwOnSideEffect: true }, (err, { result }) => console.log(result.value));
session.post('None.such', (err) => console.log(err.code, err.message));
try {
  session.connect();
} catch (err) {
  console.log(err.code);
}
session.disconnect();
try {
  session.post('Runtime.enable');
} catch (err) {
  console.log(err.code);
}

const profile = v8.startCpuProfile();
console.log(Object.keys(JSON.parse(profile.stop())).includes('nodes'), profile.stop(), inspector.url());

(async () => {
  const second = new PromiseSession();
  second.connect();
  await second.post('Runtime.enable');
  const { result } = await second.post('Runtime.evaluate', { expression: '"promised"' });
  console.log(result.value);
})();

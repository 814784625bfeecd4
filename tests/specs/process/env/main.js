'use strict';
// process.env: strings only, case matters, and it is the real environment.
const { env } = process;
env.RTJS_NUMBER = 42;
env.RTJS_UNDEFINED = undefined;
console.log(env.RTJS_NUMBER === '42', env.RTJS_UNDEFINED === 'undefined', env.rtjs_number);
console.log('RTJS_NUMBER' in env, Object.hasOwn(env, 'RTJS_NUMBER'), Object.keys(env).includes('RTJS_NUMBER'));
console.log(Object.getOwnPropertyDescriptor(env, 'RTJS_NUMBER'));
console.log(delete env.RTJS_NUMBER, env.RTJS_NUMBER, delete env.RTJS_NUMBER);
env[7] = 'seven';
console.log(env[7], { ...env }[7], typeof env.toString, env[Symbol('x')]);
for (const assign of [() => (env.X = Symbol('x')), () => (env[Symbol('x')] = 1),
                      () => Object.defineProperty(env, 'X', { value: 'x' }),
                      () => Object.defineProperty(env, 'X', { get() {} })]) {
  try {
    assign();
  } catch (err) {
    console.log(err.name, err.code, err.message);
  }
}
env.TZ = 'Asia/Tokyo';
console.log(new Date(0).getHours());
env.TZ = 'UTC';
console.log(new Date(0).getHours());

// Microtasks of a module that awaits come before process.nextTick; import() does nothing at once.
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('microtask'));
const imported = import('./imported.mjs');
console.log('after import()');
await imported;
console.log('imported');

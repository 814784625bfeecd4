// A program that has nothing left to do while it awaits ends with exit code 13.
process.on('exit', (code) => console.log('exit', code));
await new Promise(() => {});
console.log('never');

// A value that a message names reads as util.format's %s writes it: an array is inspected, not joined.
for (const signal of [[], ['a'], { a: 1 }, { toString: () => 'itself' }]) {
  try {
    process.kill(process.pid, signal);
  } catch (err) {
    console.log(`${err.code}: ${err.message}`);
  }
}

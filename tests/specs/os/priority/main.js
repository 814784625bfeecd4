// Process priorities, and the errors of those that cannot be had.
const os = require('os');

os.setPriority(5);
console.log(os.getPriority(), os.getPriority(process.pid));
for (const call of [() => os.getPriority(-1), () => os.setPriority('1', 1), () => os.setPriority(20)]) {
  try {
    call();
  } catch (err) {
    console.log(err.name, err.code, err.info?.code, err.message);
  }
}

'use strict';
const vm = require('vm');

const code = 'import("anything")';
const options = (give) => ({ importModuleDynamically: give });

async function main() {
  // Without the flag, and without modules of its own, a program has no importers.
  await new vm.Script(code, options(() => {})).runInThisContext().catch((error) => console.log(error.code));

  const module = new vm.SyntheticModule(['name'], function() {
    this.setExport('name', 'made by hand');
  });
  await module.link(() => {});
  await module.evaluate();
  console.log((await new vm.Script(code, options(() => module)).runInThisContext()).name);
  console.log((await vm.compileFunction(`return ${code}`, [], options(() => module))()).name);
}
main();

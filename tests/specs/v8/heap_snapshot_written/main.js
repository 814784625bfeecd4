'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const v8 = require('v8');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rtjs-spec-'));
const file = path.join(folder, 'a.heapsnapshot');
console.log(v8.writeHeapSnapshot(file) === file, fs.statSync(file).size > 1000);
fs.rmSync(folder, { recursive: true });

for (const attempt of [
  () => v8.writeHeapSnapshot(5),
  () => v8.deserialize(5),
  () => new v8.Serializer().writeRawBytes(5),
  () => new v8.Serializer().transferArrayBuffer(1, 5),
]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.code, error.message);
  }
}

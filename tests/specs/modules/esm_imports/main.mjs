// What an ES module can import, statically and by import().
import assert, { strictEqual } from 'assert';
import fs from 'node:fs';
import * as counter from './counter.mjs';
import cjs, { named, reexported } from './common.cjs';
import data from './data.json' with { type: 'json' };

strictEqual(assert.strictEqual, strictEqual);
console.log(typeof fs.readFileSync, data.answer, named, reexported, cjs.computed);
counter.increase();
console.log(counter.count, Object.keys(counter));

const again = await import('./counter.mjs');
console.log(again === counter, (await import('data:text/javascript,export default 1')).default);
console.log(import.meta.filename === process.argv[1], import.meta.main, import.meta.url.startsWith('file:///'));
console.log(import.meta.resolve('./absent.mjs').endsWith('/esm_imports/absent.mjs'), import.meta.resolve('fs'));
console.log(typeof require, typeof module, this);

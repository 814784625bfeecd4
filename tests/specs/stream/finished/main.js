'use strict';
// finished() tells a good end from a failure and from a close that came too early.
const { Readable, Writable, finished } = require('stream');

const good = Readable.from(['a']);
finished(good, (err) => console.log('good', err));
good.resume();

const failed = new Writable({ write() {} });
finished(failed, (err) => console.log('failed', err.message));
failed.destroy(new Error('broken'));

const early = new Readable({ read() {} });
finished(early, (err) => console.log('early', err.code));
early.destroy();

const nobody = new Readable({ read() {} });
const forget = finished(nobody, () => console.log('never'));
forget();
nobody.destroy();

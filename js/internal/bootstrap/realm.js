'use strict';
// The global object: everything on it that can be made before a process starts.

function hidden(name, value) {
  Object.defineProperty(globalThis, name, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}
function visible(name, value) {
  Object.defineProperty(globalThis, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
}
// During bring-up a module may be missing.
function optional(id) {
  try { return require(id); } catch (err) { if (/No such built-in/.test(err.message)) return {}; throw err; }
}

hidden('global', globalThis);
const { Buffer, Blob, File, atob, btoa } = optional('buffer');
hidden('Buffer', Buffer);
hidden('Blob', Blob);
hidden('File', File);
visible('atob', atob);
visible('btoa', btoa);
const { URL, URLSearchParams } = optional('url');
hidden('URL', URL);
hidden('URLSearchParams', URLSearchParams);
const { TextEncoder, TextDecoder } = optional('internal/encoding');
hidden('TextEncoder', TextEncoder);
hidden('TextDecoder', TextDecoder);
const { Event, EventTarget, CustomEvent } = optional('internal/event_target');
hidden('Event', Event);
hidden('EventTarget', EventTarget);
hidden('CustomEvent', CustomEvent);
const { AbortController, AbortSignal } = optional('internal/abort_controller');
hidden('AbortController', AbortController);
hidden('AbortSignal', AbortSignal);
const timers = optional('timers');
for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate']) {
  visible(name, timers[name]);
}
visible('queueMicrotask', require('internal/process/task_queues').queueMicrotask);
hidden('DOMException', require('internal/domexception').DOMException);
const processModule = optional('process');
hidden('process', processModule);
const consoleModule = optional('console');
if (consoleModule.log) hidden('console', consoleModule);
else hidden('console', { log: (...a) => core.print(a.map(String).join(' ') + '\n'), error: (...a) => core.print(a.map(String).join(' ') + '\n', true) });

'use strict';

// The global object. What every program is likely to touch is made here, before
// a process starts; the rest when a program first looks at it.

const { accessor, hidden, lazy, lazyInterfaces, visible } = require('internal/bootstrap/globals');

Object.defineProperty(globalThis, Symbol.toStringTag, {
  __proto__: null,
  configurable: true,
  enumerable: false,
  writable: false,
  value: 'global',
});
visible('global', globalThis);

// In Node's order, which printing the global object shows.
const timers = require('timers');
for (const name of [
  'clearImmediate', 'setImmediate', 'clearInterval', 'clearTimeout', 'setInterval', 'setTimeout',
]) {
  visible(name, timers[name]);
}
const { queueMicrotask } = require('internal/process/task_queues');
// The one that is there already would come before all others.
delete globalThis.queueMicrotask;
visible('queueMicrotask', queueMicrotask);
visible('structuredClone', function structuredClone(value, options) {
  const { structuredClone: clone } = require('internal/structured_clone');
  return arguments.length === 0 ? clone() : clone(value, options);
});

const { Buffer, Blob, File, atob, btoa } = require('buffer');
visible('atob', atob);
visible('btoa', btoa);
lazy('performance', () => require('perf_hooks').performance, { enumerable: true });
visible('fetch', function fetch(input, init = undefined) {
  return require('internal/fetch/fetch').fetch(input, init);
});
lazy('navigator', () => require('internal/navigator').navigator, { enumerable: true, setter: false });
lazy('crypto', () => require('internal/crypto/webcrypto').webcrypto, { enumerable: true, setter: false });
lazyInterfaces('internal/fetch/form_data', ['FormData']);
lazyInterfaces('internal/fetch/headers', ['Headers']);
lazyInterfaces('internal/fetch/request', ['Request']);
lazyInterfaces('internal/fetch/response', ['Response']);
lazyInterfaces('internal/websocket/websocket', ['WebSocket']);
lazyInterfaces('internal/websocket/events', ['CloseEvent', 'ErrorEvent']);
lazyInterfaces('internal/webstreams/compression', ['CompressionStream', 'DecompressionStream']);
lazyInterfaces('internal/crypto/webcrypto', ['Crypto', 'CryptoKey', 'SubtleCrypto']);

accessor('process', require('process'));
accessor('Buffer', Buffer);
hidden('console', require('console'));
hidden('Blob', Blob);
hidden('File', File);

const { URL, URLSearchParams } = require('url');
hidden('URL', URL);
hidden('URLSearchParams', URLSearchParams);
const { TextDecoder, TextEncoder } = require('internal/encoding');
hidden('TextEncoder', TextEncoder);
hidden('TextDecoder', TextDecoder);
const { CustomEvent, Event, EventTarget } = require('internal/event_target');
hidden('Event', Event);
hidden('EventTarget', EventTarget);
hidden('CustomEvent', CustomEvent);
const { AbortController, AbortSignal } = require('internal/abort_controller');
hidden('AbortController', AbortController);
hidden('AbortSignal', AbortSignal);
hidden('DOMException', require('internal/domexception').DOMException);

lazyInterfaces('internal/url/url_pattern', ['URLPattern']);
lazyInterfaces('internal/navigator', ['Navigator']);
lazyInterfaces('internal/message_channel', [
  'BroadcastChannel', 'MessageChannel', 'MessageEvent', 'MessagePort',
]);
lazyInterfaces('perf_hooks', [
  'Performance', 'PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure', 'PerformanceObserver',
  'PerformanceObserverEntryList', 'PerformanceResourceTiming',
]);
lazyInterfaces('stream/web', [
  'ByteLengthQueuingStrategy', 'CountQueuingStrategy',
  'ReadableByteStreamController', 'ReadableStream', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest',
  'ReadableStreamDefaultController', 'ReadableStreamDefaultReader',
  'TextDecoderStream', 'TextEncoderStream',
  'TransformStream', 'TransformStreamDefaultController',
  'WritableStream', 'WritableStreamDefaultController', 'WritableStreamDefaultWriter',
]);

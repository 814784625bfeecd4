'use strict';
// A signal is aborted once, with a reason; listeners and `onabort` hear a trusted event.
const controller = new AbortController();
const { signal } = controller;
signal.onabort = (event) => console.log('onabort', event.type, event.isTrusted, event.target === signal);
signal.addEventListener('abort', () => console.log('listener', signal.aborted));
signal.throwIfAborted();
controller.abort();
controller.abort('again');
console.log(signal.reason.name, signal.reason.code, signal.reason.message, signal.reason instanceof DOMException);
try {
  AbortSignal.abort('because').throwIfAborted();
} catch (err) {
  console.log(err);
}
try {
  new AbortSignal();
} catch (err) {
  console.log(err.code);
}
console.log(controller);

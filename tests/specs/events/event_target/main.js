'use strict';
// EventTarget: once, passive, signal, handleEvent, stopImmediatePropagation, preventDefault.
const target = new EventTarget();
const controller = new AbortController();

target.addEventListener('go', () => console.log('once'), { once: true });
target.addEventListener('go', { handleEvent(event) { console.log('object', event.type, this !== target); } });
target.addEventListener('go', (event) => event.preventDefault(), { passive: true, signal: controller.signal });
const event = new Event('go', { cancelable: true });
console.log(target.dispatchEvent(event), event.defaultPrevented, event.target === target, event.currentTarget);

controller.abort();
target.addEventListener('go', (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
});
target.addEventListener('go', () => console.log('not reached'));
console.log(target.dispatchEvent(new CustomEvent('go', { cancelable: true, detail: 1 })));
try {
  target.dispatchEvent({ type: 'go' });
} catch (err) {
  console.log(err.code, err.message);
}

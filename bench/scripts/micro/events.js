'use strict';
const { EventEmitter } = require('events');
const { bench, run } = require('./harness');

function emitter(listeners) {
  const subject = new EventEmitter();
  let sum = 0;
  for (let i = 0; i < listeners; i++) {
    subject.on('event', (a, b) => {
      sum += a + b;
    });
  }
  return subject;
}

const one = emitter(1);
const three = emitter(3);
const none = emitter(0);
bench('emit, 1 listener', (n) => {
  for (let i = 0; i < n; i++) one.emit('event', i, 1);
});
bench('emit, 3 listeners', (n) => {
  for (let i = 0; i < n; i++) three.emit('event', i, 1);
});
bench('emit, nobody listens', (n) => {
  for (let i = 0; i < n; i++) none.emit('event', i, 1);
});
bench('on and off', (n) => {
  const listener = () => {};
  for (let i = 0; i < n; i++) {
    one.on('other', listener);
    one.off('other', listener);
  }
});
bench('once and emit', (n) => {
  const listener = () => {};
  for (let i = 0; i < n; i++) {
    one.once('other', listener);
    one.emit('other');
  }
});
bench('new EventEmitter', (n) => {
  let last;
  for (let i = 0; i < n; i++) last = new EventEmitter();
  return void last;
});
run();

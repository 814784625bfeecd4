'use strict';
// A stream starts paused, flows once somebody listens to 'data', and stops while it is paused.
const { Readable } = require('stream');

const words = ['one', 'two', 'three'];
const readable = new Readable({
  read() {
    this.push(words.shift() ?? null);
  },
});

console.log('flowing:', readable.readableFlowing, 'paused:', readable.isPaused());
readable.on('data', (chunk) => {
  console.log('data:', chunk.toString());
  if (chunk.toString() !== 'two') return;
  readable.pause();
  console.log('flowing:', readable.readableFlowing, 'paused:', readable.isPaused());
  setImmediate(() => readable.resume());
});
readable.on('pause', () => console.log('pause'));
readable.on('resume', () => console.log('resume'));
readable.on('end', () => console.log('end, readable:', readable.readable));
readable.on('close', () => console.log('close, destroyed:', readable.destroyed));
console.log('flowing:', readable.readableFlowing);

'use strict';
// What a blob holds, and its slices; what it was made of may change afterwards.
const source = Buffer.from('changes');
const blob = new Blob(['héllo ', source, new Uint16Array([0x4141]), new Blob(['inner']), 42], { type: 'Text/Plain' });
source.fill('!');
(async () => {
  console.log(blob, await blob.text());
  console.log(await blob.slice(1, 9).text() === await new Blob([(await blob.bytes()).subarray(1, 9)]).text(), blob.slice(-2).size, blob.slice(3, 1).size);
  console.log(await blob.slice(-7, -2, 'A/B').text(), blob.slice(0, 1, 'A/B').type, blob.slice(0, 1, '\u0001').type === '');
  console.log(Buffer.from(await new Blob(['ab', 'c']).arrayBuffer()), await new Blob().text() === '');
  console.log(await new Blob(['a\r\nbc\n'], { endings: 'native' }).bytes());
  for (const attempt of [() => new Blob('text'), () => new Blob(null), () => new Blob([], 1), () => new Blob([], { endings: 'x' }), () => Blob.prototype.slice.call({})]) {
    try {
      attempt();
    } catch (error) {
      console.log(error.code, error.message.split('\n')[0]);
    }
  }
})();

// What the `advanced` format carries beyond JSON.
const { fork } = require('child_process');

if (process.argv[2] === 'child') {
  process.on('message', (message) => {
    process.send(message);
  });
} else {
  const child = fork(__filename, ['child'], { serialization: 'advanced' });
  const circular = { name: 'circular' };
  circular.self = circular;
  const messages = [
    { u: undefined, n: -0, i: Infinity, big: 12345678901234567890n },
    [new Date(0), /x+/gi, new Map([[{ k: 1 }, new Set([1, 'a'])]])],
    Buffer.from('buffer'),
    [new Uint8Array([1, 2]), new Float64Array([1.5]), new BigInt64Array([-1n]), new DataView(new ArrayBuffer(2))],
    new Int16Array([1, 2, 3, 4]).subarray(1, 3),
    Object.assign(new Uint8Array([1]), { constructor: Buffer }),
    Object.assign(Buffer.from([1, 2]), { constructor: Uint8Array }),
    new Float32Array(new Float32Array(20_000).fill(0.5).buffer, 4),
    Buffer.alloc(20_000, 'b'),
    new ArrayBuffer(3),
    circular,
    [, 1, , 2],
    new RangeError('an error'),
    Object.assign(Object.create({ inherited: 1 }), { own: 2 }),
  ];
  let next = 0;
  child.on('message', (message) => {
    if (message instanceof Error) console.log(message.name, message.message, message.stack.split('\n')[0]);
    else console.log(message, Buffer.isBuffer(message));
    if (++next < messages.length) child.send(messages[next]);
    else child.disconnect();
  });
  child.send(messages[0]);
}

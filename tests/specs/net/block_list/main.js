'use strict';
// Who is on a list is not let in, and not called.
const net = require('net');

const list = new net.BlockList();
list.addAddress('10.0.0.1');
list.addRange('10.1.0.1', '10.1.0.9');
list.addSubnet('2001:db8::', 32, 'ipv6');
console.log(list.rules);
for (const [address, family] of [['10.0.0.1'], ['::ffff:10.0.0.1', 'ipv6'], ['10.1.0.5'], ['10.1.0.10'], ['2001:db8:1::5', 'ipv6'], ['2001:db9::', 'ipv6']]) {
  console.log(address, list.check(address, family));
}
const here = new net.BlockList();
here.addAddress('127.0.0.1');
const server = net.createServer({ blockList: here }, () => console.log('never'));
server.on('drop', (data) => console.log('dropped', data.remoteAddress));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  net.connect({ port, host: '127.0.0.1', blockList: here }).on('error', (err) => {
    console.log(err.code);
    const client = net.connect(port, '127.0.0.1');
    client.on('error', () => {});
    client.on('close', () => server.close());
  });
});

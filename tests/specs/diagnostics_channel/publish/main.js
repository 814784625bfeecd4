'use strict';
// Subscribers get every message published while they are subscribed; one that throws does not stop the others.
const dc = require('diagnostics_channel');

process.on('uncaughtException', (err) => console.log('uncaught', err.message));
const channel = dc.channel('jobs');
console.log(channel.hasSubscribers, dc.channel('jobs') === channel);
function subscriber(message, name) {
  console.log(name, message);
}
dc.subscribe('jobs', () => {
  throw new Error('subscriber');
});
channel.subscribe(subscriber);
channel.publish({ id: 1 });
console.log(channel.unsubscribe(subscriber), channel.unsubscribe(subscriber), dc.hasSubscribers('jobs'));
channel.publish({ id: 2 });

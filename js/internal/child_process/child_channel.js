'use strict';
// The child's end of the IPC channel: what process.send() and its kin are, when a parent made this process with a channel.

const { process } = require('internal/process/object');
const { openChannel, setupChannel } = require('internal/child_process/channel');

// Called at start-up. The variables that tell of the channel are for this process only, not for the program or its own children.
function initialize() {
  const fd = process.env.NODE_CHANNEL_FD;
  if (fd === undefined) return;
  const serialization = process.env.NODE_CHANNEL_SERIALIZATION_MODE || 'json';
  delete process.env.NODE_CHANNEL_FD;
  delete process.env.NODE_CHANNEL_SERIALIZATION_MODE;

  const number = Number(fd);
  const handle = openChannel(fd !== '' && Number.isInteger(number) ? number : -1, serialization);
  // Until the program listens, the channel is no reason to go on.
  handle.unref();
  const control = setupChannel(process, handle);
  process.on('newListener', (name) => {
    if (name === 'message' || name === 'disconnect') control.refCounted();
  });
  process.on('removeListener', (name) => {
    if (name === 'message' || name === 'disconnect') control.unrefCounted();
  });
}

module.exports = { initialize };

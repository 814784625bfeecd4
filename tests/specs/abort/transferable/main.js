'use strict';
// A transferable signal can be sent more than once; each copy aborts after it with its reason.
const { transferableAbortController, transferableAbortSignal } = require('util');

const controller = transferableAbortController();
const { port1, port2 } = new MessageChannel();
let heard = 0;
port1.onmessage = ({ data }) => {
  console.log(data instanceof AbortSignal, data.aborted, data.reason);
  if (data.aborted) return port1.close();
  data.onabort = () => {
    console.log('copy aborted:', data.reason);
    if (++heard === 2) sendAborted();
  };
  if (++sent === 2) controller.abort('now');
};
function sendAborted() {
  const aborted = transferableAbortSignal(AbortSignal.abort('before'));
  port2.postMessage(aborted, [aborted]);
}
let sent = 0;
port2.postMessage(controller.signal, [controller.signal]);
port2.postMessage(controller.signal, [controller.signal]);

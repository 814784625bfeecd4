'use strict';

// emitKeypressEvents(): 'keypress' events of a stream, out of its 'data'.

const { StringDecoder } = require('string_decoder');
const { clearTimeout, setTimeout } = require('timers');
const { ESC, decodeKeys } = require('internal/readline/keys');

// How long, in milliseconds, more may follow an escape before it counts as that key.
const ESCAPE_TIMEOUT = 500;

const kDecoder = Symbol('keypress-decoder');
const kKeys = Symbol('escape-decoder');

function startKeys(stream) {
  stream[kKeys] = decodeKeys((char, key) => stream.emit('keypress', char, key));
  stream[kKeys].next();
}

// `iface`: an Interface, whose completion is switched off while text is pasted in.
function emitKeypressEvents(stream, iface = {}) {
  if (stream[kDecoder]) return;
  stream[kDecoder] = new StringDecoder('utf8');
  startKeys(stream);

  const { escapeCodeTimeout = ESCAPE_TIMEOUT } = iface;
  let timer;
  const endEscape = () => stream[kKeys].next('');

  function onData(input) {
    if (stream.listenerCount('keypress') === 0) {
      // Until somebody listens again.
      stream.removeListener('data', onData);
      stream.on('newListener', onNewListener);
      return;
    }
    const text = stream[kDecoder].write(input);
    if (text === '') return;
    clearTimeout(timer);
    iface.isCompletionEnabled = false;
    let length = 0;
    for (const char of text) {
      length += char.length;
      if (length === text.length) iface.isCompletionEnabled = true;
      try {
        stream[kKeys].next(char);
        if (length === text.length && char === ESC) timer = setTimeout(endEscape, escapeCodeTimeout);
      } catch (err) {
        // A listener has thrown, which ended the decoder.
        startKeys(stream);
        throw err;
      }
    }
  }

  function onNewListener(event) {
    if (event !== 'keypress') return;
    stream.on('data', onData);
    stream.removeListener('newListener', onNewListener);
  }

  if (stream.listenerCount('keypress') > 0) stream.on('data', onData);
  else stream.on('newListener', onNewListener);
}

module.exports = { emitKeypressEvents };

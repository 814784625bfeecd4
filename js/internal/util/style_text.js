'use strict';
// util.styleText: text with the escape sequences of colours and other styles around it.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateBoolean, validateObject, validateOneOf, validateString } = require('internal/validators');
const { shouldColorize } = require('internal/util/colors');
const { colors } = require('internal/util/inspect/options');

// Turns off both bold and dim, so that going back to one of them takes turning it on again.
const INTENSITY_OFF = 22;

function isStream(value) {
  return value !== null && typeof value === 'object' &&
    (typeof value.on === 'function' && (typeof value.write === 'function' || typeof value.pipe === 'function' ||
      typeof value.read === 'function') ||
      typeof value.getReader === 'function' || typeof value.getWriter === 'function');
}

// The text may have styles of its own in it: where one of them ends, this one goes on.
function wrap(text, [openCode, closeCode]) {
  const open = `\u001b[${openCode}m`;
  const close = `\u001b[${closeCode}m`;
  const resume = closeCode === INTENSITY_OFF ? close + open : open;
  let inner = '';
  let done = 0;
  for (let at = text.indexOf(close); at !== -1; at = text.indexOf(close, done)) {
    const end = at + close.length;
    inner += text.slice(done, at) + (end === text.length ? close : resume);
    done = end;
  }
  return open + inner + text.slice(done) + close;
}

function styleText(format, text, options = undefined) {
  validateString(text, 'text');
  if (options !== undefined) validateObject(options, 'options');
  const { validateStream = true, stream = process.stdout } = options ?? {};
  validateBoolean(validateStream, 'options.validateStream');
  let plain = false;
  if (validateStream) {
    if (!isStream(stream)) {
      throw new ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
    }
    plain = !shouldColorize(stream);
  }
  const formats = Array.isArray(format) ? format : [format];
  for (let i = formats.length - 1; i >= 0; i--) {
    const name = formats[i];
    if (name === 'none') continue;
    const codes = typeof name === 'string' ? colors[name] : undefined;
    if (codes === undefined) validateOneOf(name, 'format', Object.getOwnPropertyNames(colors));
    if (!plain) text = wrap(text, codes);
  }
  return text;
}

module.exports = { styleText };

'use strict';
// Where a console's text goes: group indentation, colours by stream, and write errors that must not end the program.

const { isStackOverflowError } = require('internal/errors');
const { formatArguments } = require('internal/util/format');
const { shouldColorize } = require('internal/util/colors');
const { SyncWriteStream } = require('internal/stdio/write_stream');

// Private to consoles, whose other properties are visible to users.
const kColorMode = Symbol('kColorMode');
const kGroupIndentation = Symbol('kGroupIndent');
const kGroupIndentationWidth = Symbol('kGroupIndentWidth');
const kInspectOptions = Symbol('kInspectOptions');

const COLORS = Object.freeze({ __proto__: null, colors: true });
const NO_COLORS = Object.freeze({ __proto__: null });

function ignoreError() {}

// A message that could not be written is no reason to die. A stream that has failed before is another matter: a program that
// goes on writing to it should end, as one does whose reader has gone.
function forgiveFirstError(stream) {
  if (!stream._writableState?.errorEmitted && stream.listenerCount('error') === 0) stream.once('error', ignoreError);
}

// The callback of a write to a stream that may fail later.
function makeErrorHandler(stream) {
  return (error) => {
    if (error !== null && error !== undefined) forgiveFirstError(stream);
  };
}

// Writes a message, without its newline, to `stream` of `console`; `errorHandler` is the stream's.
function write(console, stream, text, errorHandler) {
  const indentation = console[kGroupIndentation];
  if (indentation !== '') {
    if (text.includes('\n')) text = text.replaceAll('\n', `\n${indentation}`);
    text = indentation + text;
  }
  text += '\n';
  if (console._ignoreErrors === false) {
    stream.write(text);
    return;
  }
  // The process's own streams have written when write() returns, or say that they could not.
  if (stream.write === SyncWriteStream.prototype.write) {
    if (!stream.write(text)) forgiveFirstError(stream);
    return;
  }
  const watch = typeof stream.listenerCount === 'function' && stream.listenerCount('error') === 0;
  try {
    if (watch) stream.once('error', ignoreError);
    stream.write(text, errorHandler);
  } catch (error) {
    if (isStackOverflowError(error)) throw error;
  } finally {
    if (watch) stream.removeListener('error', ignoreError);
  }
}

// What util.inspect is asked for when it writes for `stream`.
function inspectOptionsFor(console, stream) {
  let color = console[kColorMode];
  if (color === 'auto') color = shouldColorize(stream);
  const options = console[kInspectOptions]?.get(stream);
  if (options !== undefined) {
    return options.colors === undefined ? { ...options, colors: color } : options;
  }
  return color ? COLORS : NO_COLORS;
}

function formatFor(console, stream, args) {
  if (args.length === 1 && typeof args[0] === 'string') return args[0];
  return formatArguments(inspectOptionsFor(console, stream), args);
}

module.exports = {
  formatFor,
  inspectOptionsFor,
  kColorMode,
  kGroupIndentation,
  kGroupIndentationWidth,
  kInspectOptions,
  makeErrorHandler,
  write,
};

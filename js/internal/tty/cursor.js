'use strict';
// Moving a terminal's cursor and clearing parts of its screen: control sequences written to a stream.

const { codes: { ERR_INVALID_ARG_VALUE, ERR_INVALID_CURSOR_POS } } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const ESC = '\x1b[';

// True or false as stream.write() says; `callback` is told when it is written.
function send(stream, sequence, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (sequence === '' || stream == null) {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(sequence, callback);
}

function cursorTo(stream, x, y, callback) {
  if (typeof y === 'function') {
    callback = y;
    y = undefined;
  }
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (Number.isNaN(x)) throw new ERR_INVALID_ARG_VALUE('x', x);
  if (Number.isNaN(y)) throw new ERR_INVALID_ARG_VALUE('y', y);
  if (stream == null || (typeof x !== 'number' && typeof y !== 'number')) return send(null, '', callback);
  if (typeof x !== 'number') throw new ERR_INVALID_CURSOR_POS();
  return send(stream, typeof y === 'number' ? `${ESC}${y + 1};${x + 1}H` : `${ESC}${x + 1}G`, callback);
}

function steps(count, forward, back) {
  if (count > 0) return `${ESC}${count}${forward}`;
  return count < 0 ? `${ESC}${-count}${back}` : '';
}

function moveCursor(stream, dx, dy, callback) {
  return send(stream, steps(dx, 'C', 'D') + steps(dy, 'B', 'A'), callback);
}

// -1: to the left of the cursor, 1: to the right, 0: all of the line.
function clearLine(stream, direction, callback) {
  const part = direction < 0 ? 1 : direction > 0 ? 0 : 2;
  return send(stream, `${ESC}${part}K`, callback);
}

function clearScreenDown(stream, callback) {
  return send(stream, `${ESC}0J`, callback);
}

module.exports = { clearLine, clearScreenDown, cursorTo, moveCursor };

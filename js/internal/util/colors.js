'use strict';
// Whether to write escape sequences for colours to a stream.

// What FORCE_COLOR may say for "yes"; anything else is "no".
const FORCED = new Set(['', '1', 'true', '2', '3']);

function shouldColorize(stream) {
  const forced = process.env.FORCE_COLOR;
  if (forced !== undefined) return FORCED.has(forced);
  return stream?.isTTY === true && (typeof stream.getColorDepth !== 'function' || stream.getColorDepth() > 2);
}

module.exports = { shouldColorize };

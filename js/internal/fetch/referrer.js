'use strict';
// What the Referer header says, by the request's referrer and its policy.

const isSafe = (url) => url.protocol === 'https:' || url.protocol === 'wss:'
  || /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);

// Where a request comes from, or null where it is not to be told. `referrer` is a URL.
function refererOf(referrer, policy, target) {
  if (!/^https?:$/.test(referrer.protocol)) return null;
  const whole = `${referrer.origin}${referrer.pathname}${referrer.search}`;
  const origin = `${referrer.origin}/`;
  const sameOrigin = referrer.origin === target.origin;
  const downgrade = isSafe(referrer) && !isSafe(target);
  switch (policy || 'strict-origin-when-cross-origin') {
    case 'no-referrer': return null;
    case 'unsafe-url': return whole;
    case 'origin': return origin;
    case 'same-origin': return sameOrigin ? whole : null;
    case 'origin-when-cross-origin': return sameOrigin ? whole : origin;
    case 'strict-origin': return downgrade ? null : origin;
    case 'no-referrer-when-downgrade': return downgrade ? null : whole;
    default:
      if (sameOrigin) return whole;
      return downgrade ? null : origin;
  }
}

module.exports = { refererOf };

'use strict';
// Telling IP addresses from other text.

const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const v4 = `(?:${octet}\\.){3}${octet}`;
const group = '(?:[0-9a-fA-F]{1,4})';
const alternatives = [`(?:${group}:){7}(?:${group}|:)`];
// `n` groups before the gap, the rest behind it or an IPv4 address at the end.
for (let n = 6; n >= 1; n--) {
  const behind = 7 - n;
  const tail = behind === 1 ? `(?:${v4}|:${group}|:)` : `(?:(?::${group}){0,${behind - 2}}:${v4}|(?::${group}){1,${behind}}|:)`;
  alternatives.push(`(?:${group}:){${n}}${tail}`);
}
alternatives.push(`(?::(?:(?::${group}){0,5}:${v4}|(?::${group}){1,7}|:))`);

const IPV4 = new RegExp(`^${v4}$`);
const IPV6 = new RegExp(`^(?:${alternatives.join('|')})(?:%[0-9a-zA-Z\\-.:]{1,})?$`);

function isIPv4(text) {
  return IPV4.test(`${text}`);
}

function isIPv6(text) {
  return IPV6.test(`${text}`);
}

// 4, 6, or 0.
function isIP(text) {
  if (isIPv4(text)) return 4;
  return isIPv6(text) ? 6 : 0;
}

module.exports = { isIP, isIPv4, isIPv6 };

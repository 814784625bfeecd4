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

// The bytes of an IPv4 address, four of them.
function bytesOfIPv4(text) {
  return text.split('.').map(Number);
}

// The bytes of an IPv6 address, sixteen of them; a zone counts for nothing.
function bytesOfIPv6(text) {
  const zone = text.indexOf('%');
  if (zone !== -1) text = text.slice(0, zone);
  const [head, tail] = text.split('::');
  const before = groupBytes(head);
  if (tail === undefined) return before;
  const after = groupBytes(tail);
  return [...before, ...new Array(16 - before.length - after.length).fill(0), ...after];
}

function groupBytes(text) {
  const bytes = [];
  if (text === '') return bytes;
  for (const group of text.split(':')) {
    if (group.includes('.')) {
      bytes.push(...bytesOfIPv4(group));
    } else {
      const number = Number.parseInt(group, 16);
      bytes.push(number >> 8, number & 0xff);
    }
  }
  return bytes;
}

// The shortest text of an IPv6 address: its longest run of zero groups, the first of several, is left out.
function textOfIPv6(bytes) {
  const groups = [];
  for (let i = 0; i < 16; i += 2) groups.push(bytes[i] << 8 | bytes[i + 1]);
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > length) {
      start = i;
      length = end - i;
    }
    i = Math.max(i, end);
  }
  // An embedded IPv4 address is written as one.
  const embedded = start === 0 && (length === 6 || (length === 5 && groups[5] === 0xffff));
  const shown = groups.map((group) => group.toString(16));
  if (embedded) shown.splice(6, 2, bytes.slice(12).join('.'));
  if (start === -1) return shown.join(':');
  return `${shown.slice(0, start).join(':')}::${shown.slice(start + length).join(':')}`;
}

module.exports = { bytesOfIPv4, bytesOfIPv6, isIP, isIPv4, isIPv6, textOfIPv6 };

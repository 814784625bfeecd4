'use strict';
// Where the root of a Windows path ends: a drive, a UNC share, a device
// namespace (\\.\ and \\?\), or a single separator. Also the names that Windows
// reserves for devices.

const COLON = 58;

const isSeparator = (code) => code === 47 || code === 92;

const isDriveLetter = (code) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

const RESERVED = /^(?:CON|PRN|AUX|NUL|(?:COM|LPT)[1-9\xb9\xb2\xb3])$/i;

const isReservedName = (name) => RESERVED.test(name);

const NO_ROOT = Object.freeze({ device: '', absolute: false, end: 0, shareEnd: 0 });
const PLAIN_ROOT = Object.freeze({ device: '', absolute: true, end: 1, shareEnd: 0 });

// For a path that begins with two separators; undefined where no share follows.
function splitShare(path, reserved) {
  const length = path.length;
  let serverEnd = 2;
  while (serverEnd < length && !isSeparator(path.charCodeAt(serverEnd))) serverEnd++;
  if (serverEnd === 2 || serverEnd === length) return undefined;
  let shareStart = serverEnd;
  while (shareStart < length && isSeparator(path.charCodeAt(shareStart))) shareStart++;
  if (shareStart === length) return undefined;
  let shareEnd = shareStart;
  while (shareEnd < length && !isSeparator(path.charCodeAt(shareEnd))) shareEnd++;

  const server = path.slice(2, serverEnd);
  if (server !== '.' && server !== '?') {
    return { device: `\\\\${server}\\${path.slice(shareStart, shareEnd)}`, absolute: true, end: shareEnd, shareEnd };
  }
  if (reserved) {
    const name = path.slice(4, path.indexOf(':') + 1);
    if (isReservedName(name.slice(0, -1))) {
      return { device: `\\\\?\\${name}`, absolute: true, end: 4 + name.length, shareEnd };
    }
  }
  return { device: `\\\\${server}`, absolute: true, end: 4, shareEnd };
}

// device: '' or the device with backslashes; absolute: whether the path counts
// from the device's root; end: where its segments begin; shareEnd: the end of
// '\\server\share' (device namespaces look the same), 0 if there is none.
// With `reserved`, 'CON:' and the like are devices too.
function splitRoot(path, reserved = false) {
  const first = path.charCodeAt(0);
  if (isSeparator(first)) {
    return (isSeparator(path.charCodeAt(1)) ? splitShare(path, reserved) : undefined) ?? PLAIN_ROOT;
  }
  if (isDriveLetter(first) && path.charCodeAt(1) === COLON) {
    const absolute = isSeparator(path.charCodeAt(2));
    return { device: path.slice(0, 2), absolute, end: absolute ? 3 : 2, shareEnd: 0 };
  }
  if (reserved) {
    const colon = path.indexOf(':');
    if (colon > 0 && isReservedName(path.slice(0, colon))) {
      return { device: path.slice(0, colon + 1), absolute: false, end: colon + 1, shareEnd: 0 };
    }
  }
  return NO_ROOT;
}

module.exports = { isDriveLetter, isReservedName, isSeparator, splitRoot };

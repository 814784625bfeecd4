'use strict';
// What the legacy URL functions know about protocols, with or without the colon.

const withColon = (names) => new Set(names.flatMap((name) => [name, `${name}:`]));

module.exports = {
  // Nothing after these is a host, and nothing in them is escaped.
  opaque: withColon(['javascript']),
  // These have a host, and '//' before it.
  slashed: withColon(['http', 'https', 'ftp', 'gopher', 'file', 'ws', 'wss']),
};

'use strict';
// The names of what can go wrong, which dns and dns/promises both have.

const CODES = [
  'NODATA', 'FORMERR', 'SERVFAIL', 'NOTFOUND', 'NOTIMP', 'REFUSED', 'BADQUERY', 'BADNAME', 'BADFAMILY', 'BADRESP', 'CONNREFUSED', 'TIMEOUT',
  'EOF', 'FILE', 'NOMEM', 'DESTRUCTION', 'BADSTR', 'BADFLAGS', 'NONAME', 'BADHINTS', 'NOTINITIALIZED', 'LOADIPHLPAPI',
  'ADDRGETNETWORKPARAMS', 'CANCELLED',
];

const codes = Object.fromEntries(CODES.map((code) => [code, `E${code}`]));
// The one that has no E in front.
codes.EOF = 'EOF';

module.exports = codes;

'use strict';
// The URL parser in Rust as the URL classes see it: a URLContext holds the
// serialized URL and where its components are in it.

// What the ops write, in the order of fill(). Made on first use: typed arrays do not travel well in snapshots.
let offsets;
const OMITTED = 0xffffffff;

const SAME = 0;
const INVALID = 2;
const REFUSED = 3;

const PARTS = { protocol: 0, username: 1, password: 2, host: 3, hostname: 4, port: 5, pathname: 6, search: 7, hash: 8 };

class URLContext {
  href = '';
  protocol_end = 0;
  username_end = 0;
  host_start = 0;
  host_end = 0;
  pathname_start = 0;
  search_start = 0;
  hash_start = 0;
  port = 0;
  scheme_type = 1;

  get hasPort() {
    return this.port !== OMITTED;
  }

  get hasSearch() {
    return this.search_start !== OMITTED;
  }

  get hasHash() {
    return this.hash_start !== OMITTED;
  }
}

function fill(context, href) {
  context.href = href;
  context.protocol_end = offsets[0];
  context.username_end = offsets[1];
  context.host_start = offsets[2];
  context.host_end = offsets[3];
  context.port = offsets[4];
  context.pathname_start = offsets[5];
  context.search_start = offsets[6];
  context.hash_start = offsets[7];
  context.scheme_type = offsets[8];
}

function run(input, base) {
  offsets ??= new Uint32Array(9);
  return base === undefined ? ops.op_os_url_parse(input, offsets) :
    ops.op_os_url_parse_relative(input, base, offsets);
}

// Both strings, `base` maybe undefined. False, and an untouched context, where they make no URL.
function parseInto(context, input, base) {
  const status = run(input, base);
  if (status === INVALID) return false;
  fill(context, status === SAME ? input : ops.op_os_url_serialization());
  return true;
}

function canParse(input, base) {
  return run(input, base) !== INVALID;
}

function setPart(context, part, value) {
  const { href } = context;
  const status = ops.op_os_url_set(href, part, value, offsets);
  if (status === INVALID || status === REFUSED) return;
  fill(context, status === SAME ? href : ops.op_os_url_serialization());
}

module.exports = { PARTS, URLContext, canParse, parseInto, setPart };

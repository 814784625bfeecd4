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
  constructor(href) {
    fill(this, href);
  }

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

// In the order in which inspect() shows them.
function fill(context, href) {
  context.href = href;
  context.protocol_end = offsets[0];
  context.username_end = offsets[1];
  context.host_start = offsets[2];
  context.host_end = offsets[3];
  context.pathname_start = offsets[5];
  context.search_start = offsets[6];
  context.hash_start = offsets[7];
  context.port = offsets[4];
  context.scheme_type = offsets[8];
}

function run(input, base) {
  offsets ??= new Uint32Array(9);
  return base === undefined ? ops.op_os_url_parse(input, offsets) :
    ops.op_os_url_parse_relative(input, base, offsets);
}

// The serialization of `input`, of which the offsets are. Both are strings, `base` maybe undefined.
function parse(input, base) {
  const status = run(input, base);
  if (status === INVALID) return undefined;
  return status === SAME ? input : ops.op_os_url_serialization();
}

// Undefined where the strings make no URL.
function createContext(input, base) {
  const href = parse(input, base);
  return href === undefined ? undefined : new URLContext(href);
}

// False, and an untouched context, where `input` is no URL.
function replaceAll(context, input) {
  const href = parse(input, undefined);
  if (href === undefined) return false;
  fill(context, href);
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

module.exports = { PARTS, canParse, createContext, replaceAll, setPart };

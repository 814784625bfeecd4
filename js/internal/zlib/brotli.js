'use strict';
// The streams of Brotli.

const { codes: { ERR_BROTLI_INVALID_PARAM, ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { ZlibBase, opened, warnWithoutNew } = require('internal/zlib/stream');
const { constants } = require('internal/zlib/constants');

const {
  BROTLI_DECODE, BROTLI_ENCODE, BROTLI_OPERATION_EMIT_METADATA, BROTLI_OPERATION_FINISH, BROTLI_OPERATION_FLUSH, BROTLI_OPERATION_PROCESS,
} = constants;

const flushes = {
  flush: BROTLI_OPERATION_PROCESS,
  finish: BROTLI_OPERATION_FINISH,
  full: BROTLI_OPERATION_FLUSH,
  largest: BROTLI_OPERATION_EMIT_METADATA,
  order: [BROTLI_OPERATION_PROCESS, BROTLI_OPERATION_FLUSH, BROTLI_OPERATION_FINISH],
};

const LARGEST_PARAMETER = Math.max(...Object.keys(constants).filter((name) => name.startsWith('BROTLI_PARAM_')).map((name) => constants[name]));

// Numbers and values in turns, as Rust takes them.
function parametersOf(opts) {
  const list = [];
  const seen = new Set();
  const given = opts?.params ?? {};
  for (const key of Object.keys(given)) {
    const number = Number(key);
    if (Number.isNaN(number) || number < 0 || number > LARGEST_PARAMETER || seen.has(number)) {
      throw new ERR_BROTLI_INVALID_PARAM(key);
    }
    seen.add(number);
    const value = given[key];
    if (typeof value !== 'number' && typeof value !== 'boolean') throw new ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
    list.push(number, Number(value));
  }
  return new Uint32Array(list);
}

function Brotli(opts, mode) {
  const parameters = parametersOf(opts);
  const handle = new ops.ZlibHandle();
  ZlibBase.call(this, opts, mode, handle, flushes);
  opened(handle, handle.openBrotli(mode, parameters));
}
Object.setPrototypeOf(Brotli.prototype, ZlibBase.prototype);
Object.setPrototypeOf(Brotli, ZlibBase);

function BrotliCompress(opts) {
  if (!(this instanceof BrotliCompress)) {
    warnWithoutNew('BrotliCompress');
    return new BrotliCompress(opts);
  }
  Brotli.call(this, opts, BROTLI_ENCODE);
}
Object.setPrototypeOf(BrotliCompress.prototype, Brotli.prototype);
Object.setPrototypeOf(BrotliCompress, Brotli);

function BrotliDecompress(opts) {
  if (!(this instanceof BrotliDecompress)) {
    warnWithoutNew('BrotliDecompress');
    return new BrotliDecompress(opts);
  }
  Brotli.call(this, opts, BROTLI_DECODE);
}
Object.setPrototypeOf(BrotliDecompress.prototype, Brotli.prototype);
Object.setPrototypeOf(BrotliDecompress, Brotli);

module.exports = { BrotliCompress, BrotliDecompress };

'use strict';
// The streams of Brotli.

const { codes: { ERR_BROTLI_INVALID_PARAM } } = require('internal/errors');
const { ZlibBase, opened, warnWithoutNew } = require('internal/zlib/stream');
const { constants } = require('internal/zlib/constants');
const { largestOf, parametersOf } = require('internal/zlib/parameters');

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

const LARGEST_PARAMETER = largestOf('BROTLI_PARAM_');

function Brotli(opts, mode) {
  const parameters = parametersOf(opts, LARGEST_PARAMETER, ERR_BROTLI_INVALID_PARAM);
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

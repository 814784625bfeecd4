'use strict';
// Whole files: readFile, writeFile, appendFile. One op opens, moves all the bytes and closes; only a flush takes the long way.

const {
  codes: { ERR_FS_FILE_TOO_LARGE, ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { isInt32, parseFileMode, validateBoolean } = require('internal/validators');
const { FastBuffer } = require('internal/buffer/fast_buffer');
const { encodingCode, kUtf8 } = require('internal/fs/encoding');
const { CallbackRequest, abortError, now } = require('internal/fs/requests');
const { checkCallback, getFlags, getOptions, getPath } = require('internal/fs/validate');
const { O_APPEND, O_CREAT, O_TRUNC, O_WRONLY } = require('internal/fs/constants');

const isFd = (path) => typeof path === 'number' && isInt32(path) && path >= 0;

const readDefaults = { encoding: null, flag: 'r' };
const writeDefaults = { encoding: 'utf8', mode: 0o666, flag: 'w', flush: false };
const appendDefaults = { encoding: 'utf8', mode: 0o666, flag: 'a', flush: false };

// ---------------------------------------------------------------------------
// Reading

function tooLarge(size) {
  throw new ERR_FS_FILE_TOO_LARGE(size);
}

function toBuffer(result) {
  return typeof result === 'number' ? tooLarge(result) : new FastBuffer(result);
}

function toText(result) {
  if (typeof result === 'string') return result;
  // Too long for a string: this throws the error that says so.
  return toBuffer(result).utf8Slice();
}

const mapsByCode = [toText];

function mapFor(encoding) {
  if (!encoding || encoding === 'buffer') return toBuffer;
  const code = encodingCode(encoding);
  return mapsByCode[code] ??= (result) => toBuffer(result).toString(encoding);
}

function readFile(how, path, options) {
  const { encoding, flag, signal } = options;
  if (!isFd(path)) path = getPath(path);
  const flags = flag === 'r' ? 0 : getFlags(flag);
  const map = mapFor(encoding);
  how.map = map;
  if (signal !== undefined) how.signal = signal;
  return how.end(ops.op_fs_read_file(how.begin('open', isFd(path) ? undefined : path), path, flags, map === toText));
}

function readFileWithCallback(path, options, callback) {
  callback ||= options;
  checkCallback(callback);
  options = getOptions(options, readDefaults);
  if (options.signal?.aborted) return callback(abortError(options.signal));
  readFile(new CallbackRequest(callback), path, options);
}

function readFileSync(path, options) {
  if (options === undefined || options === 'utf8') {
    // The two common ways without an object for the options.
    const asText = options !== undefined;
    if (typeof path !== 'string' || path.includes('\u0000')) path = isFd(path) ? path : getPath(path);
    const result = ops.op_fs_read_file(0, path, 0, asText);
    if (typeof result === 'number') {
      now.begin('open', isFd(path) ? undefined : path);
      return tooLarge(now.end(result));
    }
    return asText ? toText(result) : new FastBuffer(result);
  }
  return readFile(now, path, getOptions(options, readDefaults));
}

// ---------------------------------------------------------------------------
// Writing

function checkData(data) {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
}

function writeFlags(flag) {
  if (flag === 'w') return O_WRONLY | O_CREAT | O_TRUNC;
  return flag === 'a' ? O_WRONLY | O_CREAT | O_APPEND : getFlags(flag || 'w');
}

function checkFlush(flush) {
  if (flush !== undefined && flush !== null) validateBoolean(flush, 'options.flush');
  return flush === true;
}

function writeFile(how, path, data, options, flush) {
  checkData(data);
  const { encoding, mode, flag, signal } = options;
  if (!isFd(path)) path = getPath(path);
  const flags = writeFlags(flag);
  const bits = parseFileMode(mode, 'mode', 0o666);
  if (signal !== undefined) how.signal = signal;
  const code = typeof data === 'string' ? encodingCode(encoding) : kUtf8;
  const number = how.begin('open', isFd(path) ? undefined : path);
  return how.done(ops.op_fs_write_file(number, path, data, code, flags, bits, flush));
}

// `fs` is the public module: a flush is seen by whoever has replaced its functions.
function writeFileWithCallback(fs, path, data, options, callback) {
  const flush = checkFlush(options.flush);
  checkData(data);
  if (options.signal?.aborted) return callback(abortError(options.signal));
  if (!flush) {
    writeFile(new CallbackRequest(callback), path, data, options, false);
    return;
  }
  withOpenFile(fs, path, options, callback, (fd, done) => {
    writeFile(new CallbackRequest((err) => (err ? done(err) : fs.fsync(fd, done))), fd, data, options, false);
  });
}

function withOpenFile(fs, path, options, callback, use) {
  if (isFd(path)) {
    use(path, callback);
    return;
  }
  fs.open(path, options.flag || 'w', options.mode ?? 0o666, (openError, fd) => {
    if (openError) return callback(openError);
    use(fd, (err) => fs.close(fd, (closeError) => callback(err ?? closeError)));
  });
}

function writeFileSync(fs, path, data, options) {
  if (!checkFlush(options.flush)) {
    writeFile(now, path, data, options, false);
    return;
  }
  checkData(data);
  const ours = !isFd(path);
  const fd = ours ? fs.openSync(path, options.flag || 'w', options.mode) : path;
  try {
    writeFile(now, fd, data, options, false);
    fs.fsyncSync(fd);
  } finally {
    if (ours) fs.closeSync(fd);
  }
}

// The six public functions; three of them call what they find on `fs`.
function makeWholeFileFunctions(fs) {
  return {
    readFile(path, options, callback) {
      return readFileWithCallback(path, options, callback);
    },
    readFileSync,
    writeFile(path, data, options, callback) {
      callback ||= options;
      checkCallback(callback);
      writeFileWithCallback(fs, path, data, getOptions(options, writeDefaults), callback);
    },
    writeFileSync(path, data, options) {
      writeFileSync(fs, path, data, getOptions(options, writeDefaults));
    },
    appendFile(path, data, options, callback) {
      callback ||= options;
      checkCallback(callback);
      fs.writeFile(path, data, appendOptions(path, options), callback);
    },
    appendFileSync(path, data, options) {
      fs.writeFileSync(path, data, appendOptions(path, options));
    },
  };
}

function appendOptions(path, options) {
  // What is given must not change, and what is missing is not writeFile's.
  options = { ...appendDefaults, ...getOptions(options, appendDefaults) };
  if (!options.flag || isFd(path)) options.flag = 'a';
  return options;
}

module.exports = {
  appendOptions,
  checkData,
  checkFlush,
  makeWholeFileFunctions,
  readDefaults,
  readFile,
  writeDefaults,
  writeFile,
};

'use strict';
// The `ignore` option of fs.watch: which names are nobody's business. Patterns without a slash look at the last part of a path.

const { basename } = require('path');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { compileGlob } = require('internal/path/glob');

function checkOne(item, name) {
  if (typeof item === 'string') {
    if (item.length === 0) throw new ERR_INVALID_ARG_VALUE(name, item, 'must be a non-empty string');
    return;
  }
  if (!core.isRegExp(item) && typeof item !== 'function') {
    throw new ERR_INVALID_ARG_TYPE(name, ['string', 'RegExp', 'Function'], item);
  }
}

function validateIgnore(ignore, name = 'options.ignore') {
  if (ignore === undefined || ignore === null) return;
  if (!Array.isArray(ignore)) {
    if (typeof ignore !== 'string' && !core.isRegExp(ignore) && typeof ignore !== 'function') {
      throw new ERR_INVALID_ARG_TYPE(name, ['string', 'RegExp', 'Function', 'Array'], ignore);
    }
    checkOne(ignore, name);
    return;
  }
  ignore.forEach((item, i) => checkOne(item, `${name}[${i}]`));
}

function makeTest(item) {
  if (typeof item === 'function') return item;
  if (typeof item !== 'string') return (path) => item.test(path);
  const glob = compileGlob(item, { dot: true });
  return item.includes('/') ? (path) => glob.test(path) : (path) => glob.test(basename(path));
}

// A function of a relative path, or null where nothing is ignored.
function makeIgnoreTest(ignore) {
  if (ignore === undefined || ignore === null) return null;
  const tests = (Array.isArray(ignore) ? ignore : [ignore]).map(makeTest);
  return (path) => tests.some((test) => test(path));
}

module.exports = { makeIgnoreTest, validateIgnore };

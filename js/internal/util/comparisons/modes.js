'use strict';
// The ways to compare, shared by the files of internal/util/comparisons.

module.exports = {
  LOOSE: 0,
  STRICT: 1,
  STRICT_WITHOUT_PROTOTYPE: 2,
  // "expected" may leave out what "actual" has.
  PARTIAL: 3,
};

'use strict';
// Elements of Sets and entries of Maps, for internal/util/comparisons. They have
// no order, so what is not found by identity has to be matched one to one.

const { LOOSE, STRICT, STRICT_WITHOUT_PROTOTYPE, PARTIAL } = require('internal/util/comparisons/modes');

const uncurry = (method) => Function.prototype.call.bind(method);
const setHas = uncurry(Set.prototype.has);
const mapHas = uncurry(Map.prototype.has);
const mapGet = uncurry(Map.prototype.get);
const setForEach = uncurry(Set.prototype.forEach);
const mapForEach = uncurry(Map.prototype.forEach);

const isObject = (value) => typeof value === 'object' && value !== null;

// Whether each of `wanted` can have one of `offered` for itself. Strict equality
// is transitive, so that the first fitting one is as good as any; for the other
// modes a choice may have to be taken back.
function matchOneToOne(offered, wanted, isMatch, transitive) {
  if (offered.length < wanted.length) return false;
  const takenBy = new Array(offered.length).fill(-1);
  let firstFree = 0;

  function settle(index, tried) {
    for (let i = 0; i < offered.length; i++) {
      if (tried[i] || !isMatch(offered[i], wanted[index])) continue;
      tried[i] = true;
      if (takenBy[i] === -1 || settle(takenBy[i], tried)) {
        takenBy[i] = index;
        return true;
      }
    }
    return false;
  }

  for (let index = 0; index < wanted.length; index++) {
    let found = false;
    for (let i = firstFree; i < offered.length; i++) {
      if (takenBy[i] === -1 && isMatch(offered[i], wanted[index])) {
        takenBy[i] = index;
        found = true;
        break;
      }
    }
    if (!found && (transitive || !settle(index, new Array(offered.length).fill(false)))) return false;
    while (firstFree < offered.length && takenBy[firstFree] !== -1) firstFree++;
  }
  return true;
}

const isTransitive = (mode) => mode === STRICT || mode === STRICT_WITHOUT_PROTOTYPE;

function equalSets(actual, expected, mode, path, equal) {
  const wanted = [];
  let possible = true;
  setForEach(expected, (value) => {
    if (setHas(actual, value)) return;
    if (mode !== LOOSE && !isObject(value)) possible = false;
    wanted.push(value);
  });
  if (!possible) return false;
  if (wanted.length === 0) return true;

  const offered = [];
  setForEach(actual, (value) => {
    if ((mode === LOOSE || isObject(value)) && !setHas(expected, value)) offered.push(value);
  });
  if (mode !== PARTIAL && offered.length !== wanted.length) return false;
  return matchOneToOne(offered, wanted, (one, other) => equal(one, other, mode, path), isTransitive(mode));
}

function equalMaps(actual, expected, mode, path, equal) {
  const wanted = [];
  const matchedKeys = new Set();
  let possible = true;
  mapForEach(expected, (value, key) => {
    if (!possible) return;
    if (mapHas(actual, key) && equal(mapGet(actual, key), value, mode, path)) {
      matchedKeys.add(key);
    } else if (mode !== LOOSE && !isObject(key)) {
      possible = false;
    } else {
      wanted.push({ key, value });
    }
  });
  if (!possible) return false;
  if (wanted.length === 0) return true;

  const offered = [];
  mapForEach(actual, (value, key) => {
    if ((mode === LOOSE || isObject(key)) && !matchedKeys.has(key)) offered.push({ key, value });
  });
  if (mode !== PARTIAL && offered.length !== wanted.length) return false;
  const isMatch = (one, other) =>
    equal(one.key, other.key, mode, path) && equal(one.value, other.value, mode, path);
  return matchOneToOne(offered, wanted, isMatch, isTransitive(mode));
}

module.exports = { equalMaps, equalSets };

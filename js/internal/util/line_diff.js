'use strict';
// The shortest way from one list of lines to another, by Myers' greedy
// algorithm. Knows lines only; who asked prints the result.

const ACTUAL = 1;
const EXPECTED = -1;
const BOTH = 0;

// The work grows with the square of the number of differences. Lists that
// differ more than this have too little in common for a diff to say anything.
const MAX_DIFFERENCES = 4000;

// Whether the last element of a list got or lost its comma is no difference.
function sameLine(actual, expected, ignoreComma) {
  if (actual === expected) return true;
  return ignoreComma && (`${actual},` === expected || actual === `${expected},`);
}

// `rounds[d]` holds how far (in lines of actual) each diagonal got with d
// differences: diagonals -d, -d + 2, ... d. Undefined where there are too many.
function search(actual, expected, ignoreComma) {
  const rounds = [];
  let previous = [];
  const limit = Math.min(actual.length + expected.length, MAX_DIFFERENCES);
  for (let d = 0; d <= limit; d++) {
    const current = new Array(d + 1);
    rounds.push(current);
    for (let i = 0; i <= d; i++) {
      const diagonal = 2 * i - d;
      let x = 0;
      if (d > 0) x = i === 0 || (i !== d && previous[i - 1] < previous[i]) ? previous[i] : previous[i - 1] + 1;
      let y = x - diagonal;
      while (x < actual.length && y < expected.length && sameLine(actual[x], expected[y], ignoreComma)) {
        x++;
        y++;
      }
      current[i] = x;
      if (x >= actual.length && y >= expected.length) return rounds;
    }
    previous = current;
  }
  return undefined;
}

function withoutAlignment(actual, expected) {
  return [
    ...actual.map((text) => ({ side: ACTUAL, text })),
    ...expected.map((text) => ({ side: EXPECTED, text })),
  ];
}

// A list of { side, text }: the lines of both in the order to print them.
function diffLines(actual, expected, ignoreComma) {
  const rounds = search(actual, expected, ignoreComma);
  if (rounds === undefined) return withoutAlignment(actual, expected);
  const result = [];
  let x = actual.length;
  let y = expected.length;
  for (let d = rounds.length - 1; d >= 0; d--) {
    let startX = 0;
    let fromExpected = false;
    if (d > 0) {
      const previous = rounds[d - 1];
      const i = (x - y + d) / 2;
      fromExpected = i === 0 || (i !== d && previous[i - 1] < previous[i]);
      startX = fromExpected ? previous[i] : previous[i - 1];
    }
    const startY = d === 0 ? 0 : startX - (x - y + (fromExpected ? 1 : -1));
    while (x > startX && y > startY) {
      x--;
      y--;
      const text = ignoreComma && !actual[x].endsWith(',') ? expected[y] : actual[x];
      result.push({ side: BOTH, text });
    }
    if (d === 0) break;
    if (fromExpected) result.push({ side: EXPECTED, text: expected[--y] });
    else result.push({ side: ACTUAL, text: actual[--x] });
  }
  return result.reverse();
}

module.exports = { ACTUAL, BOTH, EXPECTED, diffLines };

'use strict';
// Brace alternatives and ranges of glob patterns: 'a{b,c}' is 'ab' and 'ac',
// '{1..3}' is '1', '2' and '3'. Knows nothing of what the results mean.

// A few braces can ask for more strings than memory holds.
const MAX_RESULTS = 100_000;

// The index of the brace that closes the one at `open`, and the commas directly between them.
function matchBrace(pattern, open) {
  const commas = [];
  let depth = 0;
  for (let i = open; i < pattern.length; i++) {
    const char = pattern[i];
    if (char === '{') {
      depth++;
    } else if (char === '}') {
      if (--depth === 0) return { close: i, commas };
    } else if (char === ',' && depth === 1) {
      commas.push(i);
    }
  }
  return undefined;
}

function range(from, to, step, render) {
  const values = [];
  const count = Math.floor(Math.abs(to - from) / step);
  const sign = from <= to ? 1 : -1;
  for (let i = 0; i <= count && i < MAX_RESULTS; i++) values.push(render(from + sign * step * i));
  return values;
}

function expandRange(body) {
  const numeric = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(body);
  if (numeric !== null) {
    const padded = /^-?0\d/.test(numeric[1]) || /^-?0\d/.test(numeric[2]);
    const width = Math.max(numeric[1].length, numeric[2].length);
    return range(Number(numeric[1]), Number(numeric[2]), Math.max(Math.abs(Number(numeric[3] ?? 1)), 1), (n) => {
      const digits = String(Math.abs(n));
      const sign = n < 0 ? '-' : '';
      return padded ? sign + digits.padStart(width - sign.length, '0') : sign + digits;
    });
  }
  const letters = /^([a-zA-Z])\.\.([a-zA-Z])(?:\.\.(-?\d+))?$/.exec(body);
  if (letters === null) return undefined;
  const step = Math.max(Math.abs(Number(letters[3] ?? 1)), 1);
  return range(letters[1].charCodeAt(0), letters[2].charCodeAt(0), step, (code) => {
    const char = String.fromCharCode(code);
    // Between 'Z' and 'a' lies a backslash, which would be an escape.
    return char === '\\' ? '' : char;
  });
}

function combine(heads, tails) {
  const results = [];
  for (const head of heads) {
    for (const tail of tails) {
      if (results.length >= MAX_RESULTS) return results;
      results.push(head + tail);
    }
  }
  return results;
}

function expand(pattern) {
  for (let open = pattern.indexOf('{'); open !== -1; open = pattern.indexOf('{', open + 1)) {
    const found = matchBrace(pattern, open);
    if (found === undefined) continue;
    const { close, commas } = found;
    const prefix = pattern.slice(0, open);
    // '${' is a variable to a shell.
    if (prefix.endsWith('$')) continue;
    const body = pattern.slice(open + 1, close);
    let values = expandRange(body);
    if (values === undefined) {
      if (commas.length === 0) {
        const inner = expand(body);
        if (inner.length === 1) continue;
        values = inner.map((value) => `{${value}}`);
      } else {
        values = [];
        let start = open + 1;
        for (const comma of [...commas, close]) {
          values.push(...expand(pattern.slice(start, comma)));
          start = comma + 1;
        }
      }
    }
    return combine(values.map((value) => prefix + value), expand(pattern.slice(close + 1)));
  }
  return [pattern];
}

function expandBraces(pattern) {
  return pattern.includes('{') && pattern.includes('}') ? expand(pattern) : [pattern];
}

module.exports = { expandBraces };

'use strict';
// One segment of a glob pattern, between two slashes: '*', '?', character
// classes and extended groups such as '@(a|b)', compiled to a regular
// expression. A segment without any of them stays a string.

const GLOBSTAR = Symbol('**');

const POSIX_CLASSES = {
  __proto__: null,
  alnum: '\\p{L}\\p{Nl}\\p{Nd}',
  alpha: '\\p{L}\\p{Nl}',
  ascii: '\\x00-\\x7f',
  blank: '\\p{Zs}\\t',
  cntrl: '\\p{Cc}',
  digit: '\\p{Nd}',
  graph: null,
  lower: '\\p{Ll}',
  print: '\\P{C}',
  punct: '\\p{P}',
  space: '\\p{Z}\\t\\r\\n\\v\\f',
  upper: '\\p{Lu}',
  word: '\\p{L}\\p{Nl}\\p{Nd}\\p{Pc}',
  xdigit: 'A-Fa-f0-9',
};

const MAGIC = /[*?[]|[@+!]\(/;
const escapeLiteral = (text) => text.replace(/[-[\]{}()*+?.,\\^$|#\s/]/g, (char) =>
  (/[-,#\s]/.test(char) ? `\\u{${char.charCodeAt(0).toString(16)}}` : `\\${char}`));
const escapeInClass = (char) => (/[[\]\\^\-&~!#$%*+,.:;<=>?@`|{}()/]/.test(char) ?
  `\\u{${char.charCodeAt(0).toString(16)}}` : char);

// The class that begins at pattern[start] === '[': { source, end } or undefined if it is not one.
function parseClass(pattern, start) {
  let i = start + 1;
  const negated = pattern[i] === '!' || pattern[i] === '^';
  if (negated) i++;
  const first = i;
  let ranges = '';
  let without = '';
  for (;;) {
    if (i >= pattern.length) return undefined;
    const char = String.fromCodePoint(pattern.codePointAt(i));
    if (char === ']' && i > first) break;
    if (char === '[' && pattern[i + 1] === ':') {
      const end = pattern.indexOf(':]', i + 2);
      const name = end === -1 ? '' : pattern.slice(i + 2, end);
      if (name in POSIX_CLASSES) {
        if (name === 'graph') without += '\\p{Z}\\p{C}';
        else ranges += POSIX_CLASSES[name];
        i = end + 2;
        continue;
      }
    }
    i += char.length;
    const next = pattern[i + 1];
    if (pattern[i] === '-' && next !== undefined && next !== ']') {
      const to = String.fromCodePoint(pattern.codePointAt(i + 1));
      i += 1 + to.length;
      // A range that runs backwards holds nothing.
      if (char <= to) ranges += `${escapeInClass(char)}-${escapeInClass(to)}`;
      continue;
    }
    ranges += escapeInClass(char);
  }
  const parts = [];
  if (ranges !== '') parts.push(`[${ranges}]`);
  if (without !== '') parts.push(`[^${without}]`);
  let source;
  if (parts.length === 0) source = negated ? '[^]' : '[]';
  else if (negated) source = `(?!${parts.join('|')})[^]`;
  else source = parts.length === 1 ? parts[0] : `(?:${parts.join('|')})`;
  return { source, end: i + 1 };
}

// Where the group that opens at pattern[open] === '(' ends and where its alternatives are.
function parseGroup(pattern, open) {
  const alternatives = [];
  let depth = 0;
  let start = open + 1;
  for (let i = open; i < pattern.length; i++) {
    const char = pattern[i];
    if (char === '[') {
      const found = parseClass(pattern, i);
      if (found !== undefined) i = found.end - 1;
    } else if (char === '(') {
      // A parenthesis with nothing before it is an ordinary character.
      if (i === open || '@?*+!'.includes(pattern[i - 1])) depth++;
    } else if (char === '|' && depth === 1) {
      alternatives.push(pattern.slice(start, i));
      start = i + 1;
    } else if (char === ')' && --depth === 0) {
      alternatives.push(pattern.slice(start, i));
      return { alternatives, end: i + 1 };
    }
  }
  return undefined;
}

const QUANTIFIERS = { '@': '', '?': '?', '*': '*', '+': '+' };

// `atStart`: a wildcard here must not match a leading dot. `rest` is the source
// of what follows in the enclosing patterns, which a negated group looks at.
function translate(pattern, atStart, rest, dot) {
  let source = '';
  let i = 0;
  const guard = () => (atStart && !dot ? '(?!\\.)' : '');
  while (i < pattern.length) {
    const char = pattern[i];
    if ('@?*+!'.includes(char) && pattern[i + 1] === '(') {
      const group = parseGroup(pattern, i + 1);
      if (group !== undefined) {
        const after = translate(pattern.slice(group.end), false, rest, dot);
        if (char === '!') {
          const inner = group.alternatives.map((one) => translate(one, atStart, after + rest, dot)).join('|');
          return group.alternatives.every((one) => one === '') ?
            `${source}${guard()}[^/]+?${after}` :
            `${source}(?:(?!(?:${inner})${after}${rest}$)${guard()}[^/]*?)${after}`;
        }
        const inner = group.alternatives.map((one) => translate(one, atStart, after + rest, dot)).join('|');
        return `${source}(?:${inner})${QUANTIFIERS[char]}${after}`;
      }
    }
    if (char === '*') {
      while (pattern[i + 1] === '*' && pattern[i + 2] !== '(') i++;
      source += `${guard()}[^/]*?`;
      i++;
    } else if (char === '?') {
      source += `${guard()}[^/]`;
      i++;
    } else {
      const found = char === '[' ? parseClass(pattern, i) : undefined;
      if (found !== undefined) {
        source += `${guard()}${found.source}`;
        i = found.end;
      } else {
        source += escapeLiteral(char);
        i++;
      }
    }
    atStart = false;
  }
  return source;
}

function compileSegment(pattern, nocase, dot) {
  if (pattern === '**') return GLOBSTAR;
  if (!MAGIC.test(pattern) && !nocase) return pattern;
  let source = translate(pattern, true, '', dot);
  if (/^\*+$/.test(pattern)) source = `${dot ? '' : '(?!\\.)'}[^/]+`;
  const expression = new RegExp(`^(?:${source})$`, nocase ? 'ui' : 'u');
  return {
    pattern,
    test(part) {
      return part !== '.' && part !== '..' && expression.test(part);
    },
  };
}

module.exports = { GLOBSTAR, compileSegment };

'use strict';

// The words of a URL pattern: names after a colon, regular expressions in parentheses, braces, modifiers, escaped and plain
// characters. Strict reading refuses what is none of these; lenient reading, for finding a whole URL's components, marks it.

const NAME_START = /[$_\p{ID_Start}]/u;
const NAME_PART = /[$\u200c\u200d\p{ID_Continue}]/u;

const SIMPLE = { '__proto__': null, '*': 'asterisk', '+': 'modifier', '?': 'modifier', '{': 'open', '}': 'close' };

// Where the expression that starts behind `at`'s parenthesis ends, or 0 where it is none.
function endOfRegExp(text, at) {
  let depth = 1;
  for (let i = at; i < text.length; i++) {
    const char = text[i];
    if (char > '\x7f' || (i === at && char === '?')) return 0;
    if (char === '\\') {
      i++;
      if (i === text.length || text[i] > '\x7f') return 0;
    } else if (char === ')') {
      if (--depth === 0) return i === at ? 0 : i;
    } else if (char === '(') {
      depth++;
      // Groups that capture would put the names' numbers out of order.
      if (text[i + 1] !== '?') return 0;
    }
  }
  return 0;
}

function tokenize(text, lenient) {
  const tokens = [];
  let at = 0;
  const add = (type, end, value) => {
    tokens.push({ type, index: at, value });
    at = end;
  };
  const refuse = (end) => {
    if (!lenient) throw new TypeError(`Invalid pattern at ${at}`);
    add('invalid', end, text.slice(at, end));
  };

  while (at < text.length) {
    const char = String.fromCodePoint(text.codePointAt(at));
    const next = at + char.length;
    const simple = SIMPLE[char];
    if (simple !== undefined) {
      add(simple, next, char);
    } else if (char === '\\') {
      if (next === text.length) {
        refuse(next);
      } else {
        const escaped = String.fromCodePoint(text.codePointAt(next));
        add('escaped', next + escaped.length, escaped);
      }
    } else if (char === ':') {
      let end = next;
      while (end < text.length) {
        const part = String.fromCodePoint(text.codePointAt(end));
        if (!(end === next ? NAME_START : NAME_PART).test(part)) break;
        end += part.length;
      }
      if (end === next) refuse(next);
      else add('name', end, text.slice(next, end));
    } else if (char === '(') {
      const end = endOfRegExp(text, next);
      if (end === 0) refuse(next);
      else add('regexp', end + 1, text.slice(next, end));
    } else {
      add('char', next, char);
    }
  }
  add('end', at, '');
  return tokens;
}

module.exports = { NAME_PART, tokenize };

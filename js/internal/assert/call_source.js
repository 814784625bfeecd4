'use strict';
// The source text of a call, such as "assert.ok(x)", for the message of a
// failed assert.ok(). Only the call's own line is looked at; where the call
// goes on below it, the rest of the line is what there is.

const KEYWORD_BEFORE_REGEXP = new Set([
  'await', 'case', 'delete', 'do', 'else', 'in', 'instanceof', 'new', 'of', 'return', 'throw', 'typeof', 'void', 'yield',
]);

const NAME = /[\p{ID_Start}$_#\\][\p{ID_Continue}$\u200c\u200d\\]*/uy;
const NUMBER = /\.?\d(?:[\w.]|(?<=[eE])[+-])*/y;
const SPACE = /\s+/y;
const LINE_COMMENT = /\/\/.*/y;
const BLOCK_COMMENT = /\/\*[^]*?(?:\*\/|$)/y;
const STRING = /'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?/y;
const REGEXP = /\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+\/[\w$]*/y;
const PUNCTUATOR = /\?\.(?!\d)|=>|\.\.\.|[^]/uy;

function matchAt(expression, text, index) {
  expression.lastIndex = index;
  return expression.exec(text)?.[0];
}

// The end of the template literal that begins at `index`, with what is nested in it.
function templateEnd(text, index) {
  let depth = 0;
  for (let i = index + 1; i < text.length; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (depth === 0 && char === '`') return i + 1;
    else if (depth === 0 && char === '$' && text[i + 1] === '{') {
      depth = 1;
      i++;
    } else if (depth > 0 && char === '`') i = templateEnd(text, i) - 1;
    else if (depth > 0 && char === '{') depth++;
    else if (depth > 0 && char === '}') depth--;
  }
  return text.length;
}

// Whether a slash after this token divides.
function endsOperand(token) {
  if (token === undefined) return false;
  if (token.type === 'name') return !KEYWORD_BEFORE_REGEXP.has(token.text);
  return token.type === 'literal' || token.text === ')' || token.text === ']' || token.text === '}';
}

function* tokenize(line) {
  let previous;
  for (let index = 0; index < line.length;) {
    const blank = matchAt(SPACE, line, index) ?? matchAt(LINE_COMMENT, line, index) ?? matchAt(BLOCK_COMMENT, line, index);
    if (blank !== undefined) {
      index += blank.length;
      continue;
    }
    let type = 'literal';
    let text;
    if (line[index] === '`') {
      text = line.slice(index, templateEnd(line, index));
    } else {
      text = matchAt(STRING, line, index) ?? matchAt(NUMBER, line, index);
      if (text === undefined && line[index] === '/' && !endsOperand(previous)) text = matchAt(REGEXP, line, index);
      if (text === undefined) {
        text = matchAt(NAME, line, index);
        type = 'name';
      }
      if (text === undefined) {
        text = matchAt(PUNCTUATOR, line, index);
        type = 'punctuator';
      }
    }
    previous = { type, text, start: index, end: index + text.length };
    yield previous;
    index = previous.end;
  }
}

const isMemberAccess = (token) => token.text === '.' || token.text === '?.' || token.text === '[';

// V8 places the call of a member at the member's name; the reader wants to see
// what it is a member of.
function callSource(line, column) {
  let chainStart = -1;
  let previous;
  let start = column;
  let depth = 0;
  for (const token of tokenize(line)) {
    if (token.start < column) {
      const continues = previous !== undefined && chainStart !== -1 &&
        (isMemberAccess(token) || isMemberAccess(previous) || (token.text === ']' && previous.type !== 'punctuator'));
      if (!continues) chainStart = token.type === 'name' ? token.start : -1;
      previous = token;
      continue;
    }
    if (previous !== undefined) {
      // A computed member's call is placed at its parenthesis.
      if (chainStart !== -1 && (isMemberAccess(previous) || token.text === '(')) start = chainStart;
      previous = undefined;
    }
    if (token.type !== 'punctuator') continue;
    if (token.text === '(') {
      depth++;
    } else if (token.text === ')') {
      if (--depth <= 0) return line.slice(start, depth === 0 ? token.end : token.start);
    } else if (token.text === ';' && depth === 0) {
      return line.slice(start, token.start);
    }
  }
  return line.slice(start);
}

module.exports = { callSource };

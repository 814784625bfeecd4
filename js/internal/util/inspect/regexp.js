'use strict';
// Colours for regular expressions: each kind of token gets a colour of the palette, shifted by how deep in groups it stands.

const { colors } = require('internal/util/inspect/options');

const DEFAULT_PALETTE = ['green', 'red', 'yellow', 'cyan', 'magenta'];

// Offsets into the palette; the depth is added.
const kReference = 0;
const kBracket = 1;
const kLiteral = 2;
const kNumber = 3;
const kOperator = 4;

const NAMED_ESCAPE = /\\(?:p\{[^}]*\}|P\{[^}]*\}|u\{[^}]*\}|k<[^>]*>)/y;
const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|c[a-zA-Z]|p\{|P\{|k<|[^])/y;
const GROUP_START = /\((?:\?(?:[:=!]|<[=!]|<([^>]*)>|[a-z-]+:))?/y;
const QUANTIFIER = /\{(\d+)(?:(,)(\d*))?\}/y;

function matchAt(regexp, text, at) {
  regexp.lastIndex = at;
  return regexp.exec(text);
}

class Painter {
  text = '';

  constructor(palette) {
    this.palette = palette;
  }

  paint(token, offset) {
    if (token === '') return;
    const { palette } = this;
    const [open, close] = colors[palette[Math.max(offset, 0) % palette.length]] ?? ['', ''];
    this.text += open === '' ? token : `\u001b[${open}m${token}\u001b[${close}m`;
  }
}

// An escape at `at`; returns where it ends. In a class of characters names are one shade brighter than outside.
function paintEscape(painter, source, at, depth, literal) {
  const named = matchAt(NAMED_ESCAPE, source, at);
  if (named === null) {
    const escape = matchAt(ESCAPE, source, at);
    const token = escape === null ? source[at] : escape[0];
    painter.paint(token, literal + depth);
    return at + token.length;
  }
  const token = named[0];
  const outer = (token[1] === 'k' ? kReference : kBracket) + depth;
  painter.paint(token.slice(0, 3), outer);
  painter.paint(token.slice(3, -1), outer + 1);
  painter.paint(token.at(-1), outer);
  return at + token.length;
}

// A class of characters from its "[" on; returns where it ends.
function paintClass(painter, source, at, depth) {
  painter.paint('[', kBracket + depth);
  const inner = depth + 1;
  let i = at + 1;
  if (source[i] === '^') painter.paint(source[i++], kBracket + inner);
  let canStartRange = false;
  while (i < source.length && source[i] !== ']') {
    if (source[i] === '\\') {
      i = paintEscape(painter, source, i, inner, kBracket);
      canStartRange = true;
    } else if (source[i] === '-' && canStartRange && i + 1 < source.length && source[i + 1] !== ']') {
      painter.paint('-', kLiteral + inner);
      i++;
      canStartRange = false;
    } else {
      painter.paint(source[i++], kBracket + inner);
      canStartRange = true;
    }
  }
  painter.paint(source.slice(i, i + 1), kBracket + depth);
  return i + 1;
}

function paintGroupStart(painter, source, at, depth) {
  const match = matchAt(GROUP_START, source, at);
  const [token, name] = match;
  painter.paint('(', kBracket + depth);
  if (name === undefined) {
    painter.paint(token.slice(1), kBracket + depth);
  } else {
    painter.paint('?<', kBracket + depth);
    painter.paint(name, kLiteral + depth);
    painter.paint('>', kBracket + depth);
  }
  return at + token.length;
}

function paintQuantifier(painter, match, depth) {
  const [token, low, comma, high] = match;
  painter.paint('{', kBracket + depth);
  painter.paint(low, kNumber + depth);
  if (comma !== undefined) {
    painter.paint(',', kLiteral + depth);
    painter.paint(high, kNumber + depth);
  }
  painter.paint('}', kBracket + depth);
  return token.length;
}

function paintSource(painter, source) {
  let depth = 0;
  for (let i = 0; i < source.length;) {
    const character = source[i];
    switch (character) {
      case '\\':
        i = paintEscape(painter, source, i, depth, kLiteral);
        break;
      case '[':
        i = paintClass(painter, source, i, depth);
        break;
      case '(':
        i = paintGroupStart(painter, source, i, depth);
        depth++;
        break;
      case ')':
        depth--;
        painter.paint(')', kBracket + depth);
        i++;
        break;
      case '.':
        painter.paint('.', kNumber + depth);
        i++;
        break;
      case '|': case '^': case '$': case '*': case '+': case '?': case ',':
        painter.paint(character, kOperator + depth);
        i++;
        break;
      default: {
        const quantifier = character === '{' ? matchAt(QUANTIFIER, source, i) : null;
        if (quantifier !== null) {
          i += paintQuantifier(painter, quantifier, depth);
        } else {
          painter.paint(character, kLiteral + depth);
          i++;
        }
      }
    }
  }
}

// The style function for 'regexp'. Its `colors` may be set to other names of colours.
function highlightRegExp(text) {
  const palette = highlightRegExp.colors?.length > 0 ? highlightRegExp.colors : DEFAULT_PALETTE;
  const painter = new Painter(palette);
  // What stands before the first slash is a class's name.
  const start = text.indexOf('/');
  const end = text.lastIndexOf('/');
  if (start === -1 || end === start) return text;
  painter.text = text.slice(0, start);
  painter.paint('/', 0);
  paintSource(painter, text.slice(start + 1, end));
  painter.paint('/', 0);
  painter.paint(text.slice(end + 1), 1);
  return painter.text;
}
highlightRegExp.colors = DEFAULT_PALETTE.slice();

module.exports = { highlightRegExp };

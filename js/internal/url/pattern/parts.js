'use strict';

// One component of a URL pattern: its text as a list of parts, and the regular expression and the normal spelling that those make.
// A part is { type, value, modifier, name, prefix, suffix }; fixed text has no name.

const { NAME_PART, tokenize } = require('internal/url/pattern/tokens');

const escapeRegExp = (text) => text.replace(/[.+*?^${}()[\]|/\\]/g, '\\$&');
const escapePattern = (text) => text.replace(/[+*?:{}()\\]/g, '\\$&');
const segment = ({ delimiter }) => `[^${escapeRegExp(delimiter)}]+?`;
const isDigit = (char) => char >= '0' && char <= '9';

// `encode` spells fixed text as URLs have it.
function parseParts(text, options, encode) {
  const tokens = tokenize(text, false);
  const wildcard = segment(options);
  const parts = [];
  const names = new Set();
  let at = 0;
  let fixed = '';
  let nextNumber = 0;

  const take = (type) => (tokens[at].type === type ? tokens[at++] : undefined);
  const takeModifier = () => (take('modifier') ?? take('asterisk'))?.value ?? '';
  const takeMatcher = (name) => take('regexp') ?? (name === undefined ? take('asterisk') : undefined);

  const takeText = () => {
    let result = '';
    for (let token; (token = take('char') ?? take('escaped')) !== undefined;) result += token.value;
    return result;
  };

  const flush = () => {
    if (fixed === '') return;
    parts.push({ type: 'fixed', value: encode(fixed), modifier: '', name: '', prefix: '', suffix: '' });
    fixed = '';
  };

  const add = (prefix, name, matcher, suffix, modifier) => {
    if (name === undefined && matcher === undefined && modifier === '') {
      fixed += prefix;
      return;
    }
    flush();
    if (name === undefined && matcher === undefined) {
      if (prefix !== '') parts.push({ type: 'fixed', value: encode(prefix), modifier, name: '', prefix: '', suffix: '' });
      return;
    }
    let value = wildcard;
    if (matcher !== undefined) value = matcher.type === 'asterisk' ? '.*' : matcher.value;
    let type = 'regexp';
    if (value === wildcard) type = 'segment';
    else if (value === '.*') type = 'wildcard';
    if (type !== 'regexp') value = '';
    const called = name === undefined ? `${nextNumber++}` : name.value;
    if (names.has(called)) throw new TypeError(`The name ${called} stands twice`);
    names.add(called);
    parts.push({ type, value, modifier, name: called, prefix: encode(prefix), suffix: encode(suffix) });
  };

  while (at < tokens.length) {
    const char = take('char');
    const name = take('name');
    const matcher = takeMatcher(name);
    if (name !== undefined || matcher !== undefined) {
      let prefix = char?.value ?? '';
      if (prefix !== '' && prefix !== options.prefix) {
        fixed += prefix;
        prefix = '';
      }
      flush();
      add(prefix, name, matcher, '', takeModifier());
      continue;
    }
    const plain = char ?? take('escaped');
    if (plain !== undefined) {
      fixed += plain.value;
      continue;
    }
    if (take('open') !== undefined) {
      const prefix = takeText();
      const inner = take('name');
      const innerMatcher = takeMatcher(inner);
      const suffix = takeText();
      if (take('close') === undefined) throw new TypeError('A group is not closed');
      add(prefix, inner, innerMatcher, suffix, takeModifier());
      continue;
    }
    flush();
    if (take('end') === undefined) throw new TypeError(`Unexpected ${tokens[at].value}`);
  }
  return parts;
}

function partExpression(part, wildcard) {
  const { type, modifier } = part;
  if (type === 'fixed') {
    const text = escapeRegExp(part.value);
    return modifier === '' ? text : `(?:${text})${modifier}`;
  }
  let value = part.value;
  if (type === 'segment') value = wildcard;
  else if (type === 'wildcard') value = '.*';
  const repeats = modifier === '*' || modifier === '+';
  const prefix = escapeRegExp(part.prefix);
  const suffix = escapeRegExp(part.suffix);
  if (prefix === '' && suffix === '') return repeats ? `((?:${value})${modifier})` : `(${value})${modifier}`;
  if (!repeats) return `(?:${prefix}(${value})${suffix})${modifier}`;
  const all = `(?:${prefix}((?:${value})(?:${suffix}${prefix}(?:${value}))*)${suffix})`;
  return modifier === '*' ? `${all}?` : all;
}

function toRegExp(parts, options, ignoreCase) {
  const wildcard = segment(options);
  let source = '^';
  for (const part of parts) source += partExpression(part, wildcard);
  return new RegExp(`${source}$`, ignoreCase ? 'vi' : 'v');
}

function needsBraces(part, previous, next, options) {
  const { name, prefix, suffix } = part;
  if (suffix !== '' || (prefix !== '' && prefix !== options.prefix)) return true;
  if (!isDigit(name[0]) && part.type === 'segment' && part.modifier === '' && next?.prefix === '' && next.suffix === '') {
    // What follows must not be read as more of the name.
    if (next.type === 'fixed' ? NAME_PART.test(String.fromCodePoint(next.value.codePointAt(0))) : isDigit(next.name[0])) return true;
  }
  // Text that happens to end in the prefix is not this part's.
  return prefix === '' && previous?.type === 'fixed' && options.prefix !== '' && previous.value.endsWith(options.prefix);
}

function toPattern(parts, options) {
  let result = '';
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    const previous = parts[i - 1];
    const { type, name, prefix, suffix, modifier } = part;
    if (type === 'fixed') {
      const text = escapePattern(part.value);
      result += modifier === '' ? text : `{${text}}${modifier}`;
      continue;
    }
    const named = !isDigit(name[0]);
    const braces = needsBraces(part, previous, parts[i + 1], options);
    if (braces) result += '{';
    result += escapePattern(prefix);
    if (named) result += `:${name}`;
    if (type === 'regexp') {
      result += `(${part.value})`;
    } else if (type === 'segment') {
      if (!named) result += `(${segment(options)})`;
      else if (suffix !== '' && NAME_PART.test(String.fromCodePoint(suffix.codePointAt(0)))) result += '\\';
    } else if (!named && (previous === undefined || previous.type === 'fixed' || previous.modifier !== '' || braces || prefix !== '')) {
      result += '*';
    } else {
      result += '(.*)';
    }
    result += escapePattern(suffix);
    if (braces) result += '}';
    result += modifier;
  }
  return result;
}

// What matching needs: the pattern in its normal spelling, an expression, and what its groups are called.
function compile(text, options, encode, ignoreCase = false) {
  const parts = parseParts(text, options, encode);
  return {
    pattern: toPattern(parts, options),
    regexp: toRegExp(parts, options, ignoreCase),
    names: parts.filter((part) => part.type !== 'fixed').map((part) => part.name),
    hasRegExpGroups: parts.some((part) => part.type === 'regexp'),
  };
}

module.exports = { compile, escapePattern };

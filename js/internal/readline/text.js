'use strict';

// Positions in a line of text: characters of two code units count as one, and
// words are runs of letters or of anything else that is no space.

// The length of the character before `at`.
function charLengthLeft(text, at) {
  if (at <= 0) return 0;
  return at > 1 && text.codePointAt(at - 2) > 0xFFFF ? 2 : 1;
}

// The length of the character at `at`; beyond the end there is still something to move to.
function charLengthAt(text, at) {
  return at < text.length && text.codePointAt(at) > 0xFFFF ? 2 : 1;
}

const isSpace = (char) => /\s/.test(char);
const isWord = (char) => /\w/.test(char);

// Where the word before `at` begins, the spaces after it included.
function wordStart(text, at) {
  while (at > 0 && isSpace(text[at - 1])) at--;
  if (at === 0) return 0;
  const inWord = isWord(text[at - 1]);
  while (at > 0 && !isSpace(text[at - 1]) && isWord(text[at - 1]) === inWord) at--;
  return at;
}

// Where what follows the word at `at` begins, the spaces after it included.
function wordEnd(text, at) {
  const { length } = text;
  if (at < length && !isSpace(text[at])) {
    const inWord = isWord(text[at]);
    while (at < length && !isSpace(text[at]) && isWord(text[at]) === inWord) at++;
  }
  while (at < length && isSpace(text[at])) at++;
  return at;
}

// The longest beginning that all have.
function commonPrefix(texts) {
  if (texts.length === 0) return '';
  let prefix = texts[0];
  for (const text of texts) {
    let length = 0;
    while (length < prefix.length && prefix[length] === text[length]) length++;
    prefix = prefix.slice(0, length);
  }
  return prefix;
}

module.exports = { charLengthAt, charLengthLeft, commonPrefix, wordEnd, wordStart };

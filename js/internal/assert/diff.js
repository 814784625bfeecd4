'use strict';
// What a failed equality assertion shows below its first line: both values and
// how they differ, in colour where the terminal has it.

const { inspect } = require('internal/util/inspect');
const { errorColors } = require('internal/assert/colors');
const { ACTUAL, BOTH, EXPECTED, diffLines } = require('internal/util/line_diff');

// Short enough for 'a !== b' on one line.
const MAX_SHORT_LENGTH = 12;
// Unchanged lines that are shown before some are left out.
const CONTEXT_LINES = 5;
const MAX_IDENTICAL_LINES = 50;

function inspectValue(value) {
  return inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: Infinity,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
    breakLength: 80,
  });
}

const isObject = (value) => typeof value === 'object' && value !== null;

// The place where two strings part ways, unless the first look finds it anyway.
function caretBelow(actual, expected) {
  for (let i = 0; i < actual.length; i++) {
    if (actual[i] !== expected[i]) return i >= 3 ? `\n${' '.repeat(i + 2)}^` : '';
  }
  return '';
}

function stacked(actualText, expectedText, bothStrings, colors) {
  let message = `\n${colors.green}+${colors.white} ${actualText}\n${colors.red}- ${colors.white}${expectedText}`;
  const width = process.stderr.isTTY ? process.stderr.columns : 80;
  if (bothStrings && actualText.length + expectedText.length <= width) message += caretBelow(actualText, expectedText);
  return message;
}

function coloredCharacters(actualText, expectedText, colors) {
  const paint = { [ACTUAL]: colors.green, [EXPECTED]: colors.red, [BOTH]: colors.white };
  let message = '\n';
  for (const { side, text } of diffLines(actualText.split(''), expectedText.split(''), false)) {
    message += `${paint[side]}${text}${colors.white}`;
  }
  return message;
}

// Two values of one line each, at most one of them an object.
function simpleDiff(actual, expected, actualText, expectedText, colors, header) {
  const quotes = (typeof actual === 'string' ? 2 : 0) + (typeof expected === 'string' ? 2 : 0);
  if (actualText.length + expectedText.length - quotes <= MAX_SHORT_LENGTH) {
    return { header: '', message: `${actualText} !== ${expectedText}` };
  }
  const bothStrings = typeof actual === 'string' && typeof expected === 'string';
  if (bothStrings && colors.enabled) {
    return {
      header: `${colors.green}actual${colors.white} ${colors.red}expected${colors.white}`,
      message: coloredCharacters(actualText, expectedText, colors),
    };
  }
  return { header, message: stacked(actualText, expectedText, bothStrings, colors) };
}

function changedLine({ side, text }, partial, colors) {
  if (side === EXPECTED) return `${colors.red}-${colors.white} ${text}\n`;
  // What only "actual" has is no fault in a partial comparison.
  if (partial) return `${colors.gray}${colors.enabled ? ' ' : '+'} ${text}${colors.white}\n`;
  return `${colors.green}+${colors.white} ${text}\n`;
}

// Unchanged lines between changes: the first few, and the last one as a lead to what follows.
function unchangedLines(lines, colors) {
  const show = (line) => `${colors.white}  ${line.text}\n`;
  if (lines.length <= CONTEXT_LINES + 2) return { message: lines.map(show).join(''), skipped: false };
  const shown = lines.slice(0, CONTEXT_LINES).map(show).join('');
  return { message: `${shown}${colors.blue}...${colors.white}\n${show(lines.at(-1))}`, skipped: true };
}

function printLines(lines, partial, colors) {
  let message = '';
  let skipped = false;
  let unchanged = [];
  function flush() {
    const part = unchangedLines(unchanged, colors);
    message += part.message;
    skipped ||= part.skipped;
    unchanged = [];
  }
  for (const line of lines) {
    if (line.side === BOTH) {
      unchanged.push(line);
    } else {
      if (unchanged.length > 0) flush();
      message += changedLine(line, partial, colors);
    }
  }
  if (unchanged.length > 0) flush();
  return { message: `\n${message.trimEnd()}`, skipped };
}

const TITLES = {
  __proto__: null,
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};

function titleOf(operator, actual, expected) {
  const references = (isObject(actual) && isObject(expected)) ||
    (typeof actual === 'function' && typeof expected === 'function');
  return operator === 'strictEqual' && references ? TITLES.strictEqualObject : TITLES[operator];
}

// The whole message of a failed equality. `title` replaces the default first line.
function equalityMessage(actual, expected, operator, title, diff) {
  const colors = errorColors();
  const actualText = inspectValue(actual);
  const expectedText = inspectValue(expected);
  const actualLines = actualText.split('\n');
  const expectedLines = expectedText.split('\n');
  const partial = operator === 'partialDeepStrictEqual';
  let header = partial && colors.enabled ?
    `${colors.gray}actual${colors.white} ${colors.red}- expected${colors.white}` :
    `${colors.green}+ actual${colors.white} ${colors.red}- expected${colors.white}`;
  let defaultTitle = titleOf(operator, actual, expected);
  let message;
  let skipped = false;

  if (actualLines.length === 1 && expectedLines.length === 1 && actualText !== expectedText &&
      !(isObject(actual) && isObject(expected))) {
    ({ header, message } = simpleDiff(actual, expected, actualText, expectedText, colors, header));
  } else if (actualText === expectedText) {
    defaultTitle = TITLES.notIdentical;
    header = '';
    message = actualText;
    if (actualLines.length > MAX_IDENTICAL_LINES && diff !== 'full') {
      message = `${actualLines.slice(0, MAX_IDENTICAL_LINES).join('\n')}\n...`;
      skipped = true;
    }
  } else {
    const lines = diffLines(actualLines, expectedLines, isObject(actual));
    ({ message, skipped } = printLines(lines, partial, colors));
  }
  return `${title || defaultTitle}\n${header}${skipped ? '\n... Skipped lines' : ''}\n${message}\n`;
}

module.exports = { TITLES, equalityMessage, inspectValue };
